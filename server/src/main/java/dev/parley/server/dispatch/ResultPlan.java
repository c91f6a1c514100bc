package dev.parley.server.dispatch;

import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.ProviderError;
import dev.parley.connector.SendResult;
import dev.parley.server.dispatch.AttemptStore.Closing;
import dev.parley.server.dispatch.ResultStore.LockedMessage;
import dev.parley.server.dispatch.ResultStore.LockedThread;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.DeliveryStatus;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageChange;
import dev.parley.server.messages.MessageChangeStore;
import dev.parley.server.messages.MessageError;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.StatusRules;
import dev.parley.server.platform.db.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a group of results writes: gathered result by result, then written in few statements. Of one thread. */
final class ResultPlan {

    private static final MessageError NOT_REACHED = new MessageError(
            "provider_unavailable",
            "Provider not reached",
            "The provider could not be reached. Send the message again.",
            true,
            null);

    private final DispatchSettings settings;
    private final BackOff backOff;
    private final Map<ThreadKey, LockedThread> threads;
    private final List<Closing> closings = new ArrayList<>();
    private final List<Closing> accepted = new ArrayList<>();
    private final List<UUID> accounts = new ArrayList<>();
    private final List<MessageChange> changes = new ArrayList<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private @Nullable Duration again;
    private @Nullable ProviderError pause;

    ResultPlan(DispatchSettings settings, BackOff backOff, Map<ThreadKey, LockedThread> threads) {
        this.settings = settings;
        this.backOff = backOff;
        this.threads = threads;
    }

    Recorded add(AttemptResult result, LockedMessage locked) {
        again = null;
        pause = null;
        switch (result.outcome()) {
            case AttemptResult.Outcome.Called(SendResult called) -> called(result, locked, called);
            case AttemptResult.Outcome.TooLate() -> {
                close(result, "not_sent", "the lease had too little left");
                retry(result, locked, Duration.ZERO, MessageError.EXPIRED);
            }
            case AttemptResult.Outcome.HeldUp() -> {
                close(result, "not_sent", "it waited until its file was uploaded with another message");
                retry(result, locked, Duration.ZERO, MessageError.EXPIRED);
            }
            case AttemptResult.Outcome.Unprepared() -> {
                close(result, "not_sent", "it could not be prepared for its provider; the node's log says why");
                retry(result, locked, backOff.after(result.duty().attempt()), NOT_REACHED);
            }
            case AttemptResult.Outcome.WindowClosed() -> {
                close(result, "not_sent", "the window closed before the call");
                fail(result, locked, MessageError.WINDOW_CLOSED);
            }
            case AttemptResult.Outcome.NotSendable(MessageError error) -> {
                close(result, "not_sent", "it can't be sent any more");
                fail(result, locked, error);
            }
        }
        return new Recorded(pause, again, false);
    }

    /** Writes and commits; whether statuses were called back that had come before the answer. */
    boolean commit(Connection connection) throws SQLException {
        Together writes = new Together();
        AttemptStore.close(writes, closings);
        MessageChangeStore.write(writes, changes);
        SettlementStore.write(writes, settlements);
        ResultStore.unpark(writes, accepted, accounts);
        List<Integer> changed = writes.commit(connection);
        // Behind it there is only the commit.
        return !accepted.isEmpty() && changed.get(changed.size() - 2) > 0;
    }

    private void called(AttemptResult result, LockedMessage locked, SendResult called) {
        switch (called) {
            case SendResult.Accepted yes -> accepted(result, locked, yes);
            case SendResult.Refused(ProviderError error) -> refused(result, locked, error);
            case SendResult.NotSent(String reason) -> {
                close(result, "not_sent", reason);
                retry(result, locked, backOff.after(result.duty().attempt()), NOT_REACHED);
            }
            case SendResult.Unknown unknown -> unknown(result, locked, unknown);
        }
    }

    private void accepted(AttemptResult result, LockedMessage locked, SendResult.Accepted yes) {
        Closing closing = closing(result, "accepted", yes.providerMessageId(), null, null);
        closings.add(closing);
        accepted.add(closing);
        accounts.add(result.duty().account().id());
        Delivery next = yes.held() ? null : StatusRules.sent(locked.message().delivery(), result.at());
        finish(result, locked, next);
    }

    private void refused(AttemptResult result, LockedMessage locked, ProviderError error) {
        closings.add(closing(result, "refused", null, error, null));
        if (!locked.latest()) {
            return;
        }
        switch (error.action()) {
            case FAIL, FAIL_FOR_NOW -> fail(result, locked, MessageError.of(error));
            case BACK_OFF -> {
                if (error.maxAttempts() > 0 && locked.refused() + 1 >= error.maxAttempts()) {
                    fail(result, locked, MessageError.of(error));
                } else {
                    Duration asked = error.retryAfter();
                    Duration own = backOff.after(locked.refused() + 1);
                    Duration gap = asked != null && asked.compareTo(own) > 0 ? asked : own;
                    retry(result, locked, gap, MessageError.of(error));
                }
            }
            case BACK_OFF_PAIR -> {
                int strikes = result.duty().strikes();
                retry(result, locked, BackOff.pair(strikes), strikes + 1, MessageError.of(error));
            }
            case PAUSE_ACCOUNT -> {
                retry(result, locked, Duration.ZERO, MessageError.of(error));
                pause = error;
            }
        }
    }

    private void unknown(AttemptResult result, LockedMessage locked, SendResult.Unknown unknown) {
        boolean proved = locked.proved() || locked.message().delivery().status() != DeliveryStatus.ACCEPTED;
        if (proved) {
            close(result, "accepted", unknown.reason());
            finish(result, locked, StatusRules.sent(locked.message().delivery(), result.at()));
            return;
        }
        close(result, "unknown", unknown.reason());
        if (locked.message().phase() == Phase.DONE) {
            settle(result, true, Duration.ZERO, 0);
        }
        if (locked.message().phase() != Phase.OPEN || !locked.latest()) {
            return;
        }
        Instant until = locked.now().plus(settings.doubtWait());
        boolean resend = result.duty().account().inDoubt() == InDoubt.RESEND && !locked.wasHeld();
        changes.add(MessageChange.doubt(locked.message(), resend ? Phase.HOLD : Phase.DOUBT, result.at(), until));
        if (resend) {
            settle(result, false, settings.doubtWait(), 0);
        } else {
            settle(result, true, Duration.ZERO, 0);
        }
    }

    private void fail(AttemptResult result, LockedMessage locked, MessageError error) {
        if (!locked.latest()) {
            return;
        }
        finish(result, locked, StatusRules.failed(locked.message().delivery(), result.at(), error));
    }

    /** The message is done with, whether its delivery changes or not. */
    private void finish(AttemptResult result, LockedMessage locked, @Nullable Delivery next) {
        Message message = locked.message();
        changes.add(
                next == null
                        ? MessageChange.phase(message, Phase.DONE)
                        : MessageChange.delivery(message, next, Phase.DONE, result.at()));
        settle(result, true, Duration.ZERO, 0);
    }

    private void retry(AttemptResult result, LockedMessage locked, Duration gap, MessageError error) {
        retry(result, locked, gap, result.duty().strikes(), error);
    }

    /**
     * Certainly not sent: it waits at the head of its thread. Where the thread has gone on without it, because its outcome
     * was in doubt when this result came, it fails with {@code error}. An attempt begun since decides by itself.
     */
    private void retry(AttemptResult result, LockedMessage locked, Duration gap, int strikes, MessageError error) {
        if (!locked.latest()) {
            return;
        }
        switch (locked.message().phase()) {
            case OPEN -> {
                if (locked.message().delivery().status() == DeliveryStatus.ACCEPTED) {
                    changes.add(MessageChange.phase(locked.message(), Phase.QUEUED));
                    settle(result, false, gap, strikes);
                } else {
                    // An earlier attempt, whose outcome was in doubt, has come to its end meanwhile.
                    finish(result, locked, null);
                }
            }
            case DOUBT -> fail(result, locked, error);
            // It was deleted while the call was under way.
            case DONE -> settle(result, true, Duration.ZERO, 0);
            case SCHEDULED, QUEUED, HOLD -> {}
        }
    }

    private void settle(AttemptResult result, boolean advance, Duration gap, int strikes) {
        Duty duty = result.duty();
        LockedThread thread = threads.get(
                new ThreadKey(duty.message().organizationId(), duty.message().threadId()));
        if (thread == null || thread.fence() != duty.fence()) {
            return;
        }
        long doneSeq = advance ? duty.seq() : thread.doneSeq();
        again = thread.lastSeq() > doneSeq ? gap : null;
        settlements.add(new Settlement(
                duty.message().organizationId(),
                duty.message().threadId(),
                duty.fence(),
                duty.fence(),
                doneSeq,
                gap,
                advance && thread.lastSeq() > doneSeq,
                false,
                strikes,
                null));
    }

    private void close(AttemptResult result, String outcome, String reason) {
        closings.add(closing(result, outcome, null, null, reason));
    }

    private static Closing closing(
            AttemptResult result,
            String outcome,
            @Nullable String providerMessageId,
            @Nullable ProviderError error,
            @Nullable String reason) {
        Message message = result.duty().message();
        return new Closing(
                message.organizationId(),
                message.id(),
                result.duty().attempt(),
                outcome,
                result.at(),
                result.milliseconds(),
                providerMessageId,
                error == null ? null : error.providerCode(),
                error == null ? null : MessageError.of(error).json(),
                reason);
    }
}
