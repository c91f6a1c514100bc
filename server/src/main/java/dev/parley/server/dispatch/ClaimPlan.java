package dev.parley.server.dispatch;

import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.server.accounts.Account;
import dev.parley.server.dispatch.AttemptStore.Closing;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.DeliveryStatus;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageChange;
import dev.parley.server.messages.MessageChangeStore;
import dev.parley.server.messages.MessageError;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.StatusRules;
import dev.parley.server.platform.db.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a claim writes: gathered head by head, then written in few statements. Of one thread. */
final class ClaimPlan {

    private final Account account;
    private final Instant now;
    private final DispatchSettings settings;
    private final long claimedAt;
    private final List<Duty> duties = new ArrayList<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final List<MessageChange> changes = new ArrayList<>();
    private final List<Closing> closings = new ArrayList<>();
    private boolean parks;
    private boolean immediate;

    /** @param claimedAt the {@link System#nanoTime} before any head was looked up */
    ClaimPlan(Account account, Instant now, long claimedAt, DispatchSettings settings) {
        this.account = account;
        this.claimedAt = claimedAt;
        this.now = now;
        this.settings = settings;
    }

    /** What is to be sent once the plan is committed. */
    List<Duty> duties() {
        return duties;
    }

    /** Whether a thread was put off because the account is paused. */
    boolean parks() {
        return parks;
    }

    /** Whether a thread's next message may be due at once. */
    boolean immediate() {
        return immediate;
    }

    void add(Head head) {
        switch (HeadRules.decide(account, head, now)) {
            case HeadDecision.Send(PairBucket bucket) -> send(head, bucket);
            case HeadDecision.Fail(MessageError error) -> fail(head, error);
            case HeadDecision.Doubt() -> doubt(head);
            case HeadDecision.NotSent() -> notSent(head);
            case HeadDecision.Wait(Duration time, PairBucket bucket) -> stay(head, time, false, bucket);
            case HeadDecision.Park(Duration time) -> {
                parks = true;
                stay(head, time, false, null);
            }
            case HeadDecision.Look() -> advance(head, head.doneSeq());
        }
    }

    void write(Together writes) {
        AttemptStore.open(writes, duties);
        AttemptStore.close(writes, closings);
        MessageChangeStore.write(writes, changes);
        SettlementStore.write(writes, settlements);
    }

    private void send(Head head, PairBucket bucket) {
        duties.add(Duty.of(account, head, now, claimedAt));
        stay(head, settings.lease(), true, bucket);
    }

    private void fail(Head head, MessageError error) {
        Message message = Objects.requireNonNull(head.message());
        Delivery failed = StatusRules.failed(message.delivery(), now, error);
        changes.add(
                failed == null
                        ? MessageChange.phase(message, Phase.DONE)
                        : MessageChange.delivery(message, failed, Phase.DONE, now));
        advance(head, head.seq());
    }

    /** The node that sent it is gone, or its lease is: what became of the send is not known. */
    private void doubt(Head head) {
        Message message = Objects.requireNonNull(head.message());
        if (message.delivery().status() != DeliveryStatus.ACCEPTED) {
            // A callback has told meanwhile what became of it.
            closings.add(closing(head, message, "accepted", null));
            changes.add(MessageChange.phase(message, Phase.DONE));
            advance(head, head.seq());
            return;
        }
        closings.add(closing(head, message, "unknown", "the node that sent it did not record an answer"));
        Instant until = now.plus(settings.doubtWait());
        if (account.inDoubt() == InDoubt.RESEND && head.doubtUntil() == null) {
            changes.add(MessageChange.doubt(message, Phase.HOLD, now, until));
            stay(head, settings.doubtWait(), false, null);
        } else {
            changes.add(MessageChange.doubt(message, Phase.DOUBT, now, until));
            advance(head, head.seq());
        }
    }

    private void notSent(Head head) {
        Message message = Objects.requireNonNull(head.message());
        closings.add(closing(head, message, "not_sent", "the node that sent it was stopped before the call"));
        boolean told = message.delivery().status() != DeliveryStatus.ACCEPTED;
        // An earlier attempt, whose outcome was in doubt, has come to its end meanwhile.
        changes.add(MessageChange.phase(message, told ? Phase.DONE : Phase.QUEUED));
        advance(head, told ? head.seq() : head.doneSeq());
    }

    private Closing closing(Head head, Message message, String outcome, @Nullable String reason) {
        return new Closing(
                message.organizationId(), message.id(), head.tries(), outcome, now, 0, null, null, null, reason);
    }

    private void advance(Head head, long doneSeq) {
        immediate = true;
        settle(head, doneSeq, Duration.ZERO, true, false, null);
    }

    /** The head stays what it is. */
    private void stay(Head head, Duration pause, boolean leased, @Nullable PairBucket bucket) {
        settle(head, head.doneSeq(), pause, false, leased, bucket);
    }

    private void settle(
            Head head, long doneSeq, Duration pause, boolean look, boolean leased, @Nullable PairBucket bucket) {
        settlements.add(new Settlement(
                head.organizationId(),
                head.threadId(),
                head.fence(),
                head.fence() + 1,
                doneSeq,
                pause,
                look,
                leased,
                doneSeq > head.doneSeq() ? 0 : head.strikes(),
                bucket));
    }
}
