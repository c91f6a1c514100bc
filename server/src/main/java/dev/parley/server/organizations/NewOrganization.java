package dev.parley.server.organizations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Another feature that has something to store for each new organization, in the transaction that makes it. */
@FunctionalInterface
public interface NewOrganization {

    /** Stores it. */
    void made(Connection connection, UUID organizationId, Instant now) throws SQLException;
}
