package dev.parley.server.dispatch;

import dev.parley.connector.Capabilities.PairRate;
import dev.parley.server.accounts.Account;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageError;
import dev.parley.server.messages.Phase;
import java.time.Duration;
import java.time.Instant;

/** Decides what is done with a claimed thread. Pure. */
final class HeadRules {

    private static final MessageError NO_ACCOUNT = new MessageError(
            "no_channel_account",
            "Channel account removed",
            "The channel account that this message was to go through was removed. Send it again.",
            true,
            null);

    private HeadRules() {}

    static HeadDecision decide(Account account, Head head, Instant now) {
        Message message = head.message();
        if (message == null) {
            return new HeadDecision.Look();
        }
        if (message.phase() == Phase.OPEN) {
            return head.preparing() ? new HeadDecision.NotSent() : new HeadDecision.Doubt();
        }
        if (account.deleted() || head.to() == null) {
            return new HeadDecision.Fail(NO_ACCOUNT);
        }
        if (message.expiresAt() != null && !message.expiresAt().isAfter(now)) {
            return new HeadDecision.Fail(MessageError.EXPIRED);
        }
        if (message.phase() == Phase.HOLD
                && head.doubtUntil() != null
                && head.doubtUntil().isAfter(now)) {
            return new HeadDecision.Wait(Duration.between(now, head.doubtUntil()), null);
        }
        if (!account.connected()) {
            return new HeadDecision.Park(untilExpiry(message, now));
        }
        if (head.windowLeft() != null && !head.windowLeft().isPositive()) {
            return new HeadDecision.Fail(MessageError.WINDOW_CLOSED);
        }
        return withinPairRate(account, head, now);
    }

    private static HeadDecision withinPairRate(Account account, Head head, Instant now) {
        PairRate rate = account.connector().capabilities().pairRate();
        if (rate == null) {
            return new HeadDecision.Send(head.bucket());
        }
        PairBucket bucket = head.bucket().refilled(rate, now);
        Duration wait = bucket.untilOne(rate);
        return wait.isPositive() ? new HeadDecision.Wait(wait, bucket) : new HeadDecision.Send(bucket.taken());
    }

    private static Duration untilExpiry(Message message, Instant now) {
        return message.expiresAt() == null ? Duration.ofHours(1) : Duration.between(now, message.expiresAt());
    }
}
