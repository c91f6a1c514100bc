package dev.parley.server.dispatch;

import dev.parley.connector.Address;
import dev.parley.server.accounts.Account;
import dev.parley.server.messages.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that was claimed and is to be sent now; its attempt is open once the claim is committed.
 *
 * @param seq its place in its thread
 * @param attempt which try it is, from 1
 * @param openedAt when the attempt was opened, by the database's clock: with a claim that was not committed its number is given again
 * @param fence of this claim
 * @param identifier the thread's, as it was looked up: the claim fails when it is another one by its lock
 * @param to where it goes, by the identifier
 * @param windowLeft how long its window was open at the claim; null when it needs none
 * @param claimedAt of a monotonic clock, nanoseconds
 * @param references the provider's ids of the messages that it names, as far as the provider knows them
 */
record Duty(
        Account account,
        Message message,
        long seq,
        int attempt,
        Instant openedAt,
        long fence,
        int strikes,
        String identifier,
        Address to,
        @Nullable Duration windowLeft,
        long claimedAt,
        Map<UUID, String> references) {

    /**
     * What a claim of this head gives, which has a message and an address.
     *
     * @param now the database's time
     * @param claimedAt of a monotonic clock, nanoseconds
     */
    static Duty of(Account account, Head head, Instant now, long claimedAt) {
        return new Duty(
                account,
                Objects.requireNonNull(head.message()),
                head.seq(),
                head.tries() + 1,
                now,
                head.fence() + 1,
                head.strikes(),
                Objects.requireNonNull(head.identifier()),
                Objects.requireNonNull(head.to()),
                head.windowLeft(),
                claimedAt,
                Map.of());
    }

    /** With what the provider calls the messages that it names. */
    Duty naming(Map<UUID, String> ids) {
        return new Duty(
                account, message, seq, attempt, openedAt, fence, strikes, identifier, to, windowLeft, claimedAt, ids);
    }

    AccountKey accountKey() {
        return AccountKey.of(account);
    }
}
