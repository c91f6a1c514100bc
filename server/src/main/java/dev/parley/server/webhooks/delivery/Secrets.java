package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.secrets.CannotOpenException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what organizations' webhooks are signed with. Safe for use by many threads at once. */
final class Secrets {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

    private final Database database;
    private final Function<byte[], String> open;

    Secrets(Database database, Function<byte[], String> open) {
        this.database = database;
        this.open = open;
    }

    /** By organization, as they are now; none of those whose secrets can't be opened. */
    Map<UUID, Signer> of(Collection<UUID> organizations) {
        Map<UUID, Signer> signers = new HashMap<>();
        database.call(connection -> SecretStore.read(connection, organizations)).forEach((organization, secret) -> {
            try {
                signers.put(
                        organization,
                        new Signer(opened(secret.plain()), open.apply(secret.signing()), opened(secret.previous())));
            } catch (CannotOpenException e) {
                LOG.warn("the secrets of organization {} were sealed with another secret key", organization);
            }
        });
        return signers;
    }

    private @Nullable String opened(byte @Nullable [] secret) {
        return secret == null ? null : open.apply(secret);
    }
}
