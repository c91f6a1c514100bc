package dev.parley.server.dispatch;

import dev.parley.connector.Capabilities.PairRate;
import dev.parley.server.accounts.Account;
import dev.parley.server.messages.AcceptClaims;
import dev.parley.server.messages.Message;
import dev.parley.server.platform.db.CommitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Claims messages where they are accepted: what a claim would decide about the head of an idle thread is decided with what the
 * accepting transaction has locked and read, for accounts of which an earlier claim left an allowance. Safe for use by many threads
 * at once.
 */
final class DirectClaims implements AcceptClaims {

    /** What sends. */
    interface Door {

        /** Takes a permit for a call for this account; false where there is none, or the account is not called for a while. */
        boolean enter(AccountKey account);

        /** Gives a permit back, unused. */
        void leave();

        /** Asks for a claim of this account, as its allowance runs out. */
        void renew(AccountKey account);

        /** Sends a message whose claim is committed, with a permit that was taken. */
        void send(Duty duty);

        /** Records that a message was not sent, in case that its claim was committed. */
        void notSent(Duty duty);
    }

    private final Allowances allowances;
    private final Duration lease;
    private final Door door;

    DirectClaims(Allowances allowances, Duration lease, Door door) {
        this.allowances = allowances;
        this.lease = lease;
        this.door = door;
    }

    @Override
    public Batch begin() {
        return allowances.any(System.nanoTime()) ? new Claims() : Batch.NOTHING;
    }

    private final class Claims implements Batch {

        private final List<Duty> duties = new ArrayList<>();

        @Override
        public @Nullable Lease claim(Candidacy candidacy) {
            Message message = candidacy.message();
            AccountKey key = new AccountKey(message.organizationId(), candidacy.account());
            long at = System.nanoTime();
            Allowances.Taken taken = allowances.take(key, candidacy.thread().accountVersion(), at);
            Account account = taken.account();
            if (account == null) {
                return null;
            }
            if (taken.renew()) {
                door.renew(key);
            }
            PairBucket bucket = bucket(account, candidacy);
            if (bucket == null || expired(message, candidacy.now()) || !door.enter(key)) {
                allowances.giveBack(key);
                return null;
            }
            long fence = candidacy.thread().fence() + 1;
            duties.add(duty(account, candidacy, fence, at));
            return new Lease(fence, lease, bucket.tokens(), bucket.refilledAt());
        }

        @Override
        public void ended(CommitOutcome outcome) {
            for (Duty duty : duties) {
                switch (outcome) {
                    case COMMITTED -> door.send(duty);
                    case ABORTED -> {
                        allowances.giveBack(duty.accountKey());
                        door.leave();
                    }
                    case UNKNOWN -> {
                        door.leave();
                        door.notSent(duty);
                    }
                }
            }
        }
    }

    private static boolean expired(Message message, Instant now) {
        return message.expiresAt() != null && !message.expiresAt().isAfter(now);
    }

    /** What is left between account and candidate after this message; null when it has to wait. */
    private static @Nullable PairBucket bucket(Account account, Candidacy candidacy) {
        PairBucket bucket = new PairBucket(
                candidacy.thread().pairTokens(), candidacy.thread().pairRefilledAt());
        PairRate rate = account.connector().capabilities().pairRate();
        if (rate == null) {
            return bucket;
        }
        PairBucket refilled = bucket.refilled(rate, candidacy.now());
        return refilled.untilOne(rate).isPositive() ? null : refilled.taken();
    }

    private static Duty duty(Account account, Candidacy candidacy, long fence, long at) {
        Idle thread = candidacy.thread();
        return new Duty(
                account,
                candidacy.message(),
                candidacy.seq(),
                1,
                candidacy.now(),
                fence,
                0,
                account.connector().addressOf(thread.identifier()),
                candidacy.freeForm() && account.connector().capabilities().window() != null
                        ? thread.windowLeft()
                        : null,
                at,
                Map.of());
    }
}
