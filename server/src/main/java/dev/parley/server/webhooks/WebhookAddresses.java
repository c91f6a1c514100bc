package dev.parley.server.webhooks;

import dev.parley.server.platform.ids.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets the webhooks without an address of their own follow that of their organization. Immutable. */
public final class WebhookAddresses {

    private final Ids ids;

    /** @param ids of new endpoints */
    public WebhookAddresses(Ids ids) {
        this.ids = ids;
    }

    /**
     * The organization's address changed, in this transaction, which holds the organization's row. What is pending follows
     * in the background.
     *
     * @param url the new address; null for none: then nothing is sent any more
     */
    public void changed(Connection connection, UUID organization, @Nullable String url, Instant now)
            throws SQLException {
        var following = WebhookStore.lockFollowing(connection, organization);
        if (following.isEmpty()) {
            return;
        }
        UUID endpoint = url == null ? null : EndpointStore.of(connection, organization, ids.next(), url, now);
        for (Webhook webhook : following) {
            if (!Objects.equals(webhook.endpointId(), endpoint)) {
                MoveStore.note(connection, organization, webhook.id(), webhook.endpointId());
            }
        }
        WebhookStore.follow(connection, organization, endpoint);
    }
}
