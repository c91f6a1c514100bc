package dev.parley.server.templates;

import dev.parley.server.accounts.Account;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers templates for a few seconds, so that a message need not ask the database for one; and the accounts whose templates are
 * to be read from the provider soon. Safe for use by many threads at once.
 */
public final class TemplateMemory {

    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final Runnable wanted;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Key, Boolean> accounts = new ConcurrentHashMap<>();

    private record Key(UUID organization, UUID id) {}

    private record Kept(Known known, Instant at) {}

    /** A template with its components read. */
    record Known(Template template, TemplateText text) {}

    /** @param wanted is run when an account's templates are to be read */
    public TemplateMemory(Database database, InstantSource clock, Runnable wanted) {
        this.database = database;
        this.clock = clock;
        this.wanted = wanted;
    }

    /** One that may be up to 5 seconds old; null when there is none. */
    @Nullable
    Known recent(UUID organization, UUID id) {
        Kept found = kept.get(new Key(organization, id));
        if (found != null) {
            Duration age = Duration.between(found.at(), clock.instant());
            if (!age.isNegative() && age.compareTo(LIFE) < 0) {
                return found.known();
            }
        }
        return fresh(organization, id);
    }

    /** The same as it stands; null when there is none. */
    @Nullable
    Known fresh(UUID organization, UUID id) {
        Instant at = clock.instant();
        Template template = database.call(
                        connection -> Optional.ofNullable(TemplateStore.find(connection, organization, id)))
                .orElse(null);
        if (template == null) {
            forget(organization, id);
            return null;
        }
        if (kept.size() >= MOST) {
            kept.clear();
        }
        Known known = new Known(template, TemplateText.of(template));
        kept.put(new Key(organization, id), new Kept(known, at));
        return known;
    }

    /** One has changed. */
    void forget(UUID organization, UUID id) {
        kept.remove(new Key(organization, id));
    }

    /** The templates of this account are to be read from the provider soon. */
    public void refresh(UUID organization, UUID account) {
        if (accounts.size() < MOST) {
            accounts.put(new Key(organization, account), true);
            wanted.run();
        }
    }

    void refresh(Account account) {
        refresh(account.organizationId(), account.id());
    }

    /** Takes the accounts that were to be read, by organization. */
    Map<UUID, List<UUID>> takeWanted() {
        Map<UUID, List<UUID>> taken = new ConcurrentHashMap<>();
        for (Key key : List.copyOf(accounts.keySet())) {
            if (accounts.remove(key) != null) {
                taken.computeIfAbsent(key.organization(), organization -> new ArrayList<>())
                        .add(key.id());
            }
        }
        return taken;
    }
}
