package dev.parley.server.accounts;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Lets go of an account that is being removed: whoever names it writes null in its place. */
@FunctionalInterface
public interface AccountReferences {

    /**
     * Runs in the transaction of the removal, with the account's row locked, perhaps more than once.
     *
     * @param at when the account is removed
     */
    void release(Connection connection, UUID organization, UUID account, Instant at) throws SQLException;
}
