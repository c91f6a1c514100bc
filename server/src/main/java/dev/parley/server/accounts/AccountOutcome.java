package dev.parley.server.accounts;

import dev.parley.connector.RouteKey;
import java.util.UUID;

/** What came of a change of an account. */
sealed interface AccountOutcome {

    /** It is stored, or was so already. */
    record Saved(AccountRow row) implements AccountOutcome {}

    /** The organization has no such account. */
    record Missing() implements AccountOutcome {}

    /** The organization has or had an account with this id. */
    record IdTaken() implements AccountOutcome {}

    /**
     * Another account of the organization has this number, page or bot.
     *
     * @param account that one
     * @param key by which the provider names it
     */
    record Exists(UUID account, RouteKey key) implements AccountOutcome {}
}
