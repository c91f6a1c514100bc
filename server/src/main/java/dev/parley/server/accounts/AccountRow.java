package dev.parley.server.accounts;

import java.time.Instant;

/**
 * A channel account as it is stored.
 *
 * @param version from 1, rises with each change
 */
record AccountRow(AccountIdentity identity, AccountState state, int version, Instant createdAt, Instant updatedAt) {

    /** The next version of it. */
    AccountRow changed(AccountState next, Instant at) {
        return new AccountRow(identity, next, version + 1, createdAt, at);
    }
}
