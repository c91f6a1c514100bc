package dev.parley.server.organizations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Another feature that follows an organization's webhook address. */
@FunctionalInterface
public interface WebhookUrlListener {

    /**
     * The address changed, in this transaction, which holds the organization's row.
     *
     * @param url the new one; null for none
     */
    void changed(Connection connection, UUID organization, @Nullable String url, Instant now) throws SQLException;
}
