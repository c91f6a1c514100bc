package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;

/** Counts attempts. Safe for use by many threads at once. */
@FunctionalInterface
public interface DispatchMeter {
    /**
     * One attempt ended.
     *
     * @param outcome accepted, refused, not_sent, unknown, too_late or window_closed
     */
    void attempted(Account account, String outcome, long milliseconds);
}
