package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;
import dev.parley.server.messages.AcceptClaims;
import dev.parley.server.messages.Message;
import dev.parley.server.platform.db.CommitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claims messages where they are accepted: {@link HeadRules} decide about the head of an idle thread with what the accepting
 * transaction has locked and read, for accounts of which an earlier claim left an allowance. Safe for use by many threads
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

        /** Records that a message was not sent, in case that its claim was committed; its permit is kept until then. */
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
        /** Before anything is looked up: what a lock is waited for later is time of lease and window that is gone. */
        private final long begun = System.nanoTime();

        @Override
        public @Nullable Lease claim(Candidacy candidacy) {
            Message message = candidacy.message();
            AccountKey key = new AccountKey(message.organizationId(), candidacy.account());
            Allowances.Taken taken = allowances.take(key, candidacy.thread().accountVersion(), System.nanoTime());
            Account account = taken.account();
            if (account == null) {
                return null;
            }
            if (taken.renew()) {
                door.renew(key);
            }
            Head head = head(account, candidacy);
            // What is to be done instead of sending is done by a claim.
            if (!(HeadRules.decide(account, head, candidacy.now()) instanceof HeadDecision.Send(PairBucket bucket))
                    || !door.enter(key)) {
                allowances.giveBack(key);
                return null;
            }
            Duty duty = Duty.of(account, head, candidacy.now(), begun);
            duties.add(duty);
            return new Lease(
                    duty.fence(), candidacy.thread().identifier(), lease, bucket.tokens(), bucket.refilledAt());
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
                    case UNKNOWN -> door.notSent(duty);
                }
            }
        }
    }

    private static Head head(Account account, Candidacy candidacy) {
        Message message = candidacy.message();
        Idle thread = candidacy.thread();
        boolean windowed =
                candidacy.freeForm() && account.connector().capabilities().window() != null;
        return new Head(
                message.organizationId(),
                message.threadId(),
                thread.fence(),
                candidacy.seq() - 1,
                0,
                new PairBucket(thread.pairTokens(), thread.pairRefilledAt()),
                message,
                candidacy.seq(),
                0,
                windowed ? thread.windowLeft() : null,
                thread.identifier(),
                account.connector().addressOf(thread.identifier()),
                false,
                null);
    }
}
