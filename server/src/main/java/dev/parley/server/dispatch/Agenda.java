package dev.parley.server.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts are to be claimed for, and when: each once, the earliest time that was asked for; first due, first served. An
 * account is claimed for by one worker of the node at a time, and not again before its pace is over: then what came meanwhile is
 * claimed together. Safe for use by many threads at once. Times are of a monotonic
 * clock, nanoseconds.
 */
final class Agenda {

    private static final int MOST_BEGUN = 1000;

    private record Entry(AccountKey account, long at) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>((a, b) -> Long.signum(a.at() - b.at()));
    /** The valid entry of each account; others in the queue are leftovers. */
    private final Map<AccountKey, Long> wanted = new HashMap<>();

    private final Set<AccountKey> running = new HashSet<>();
    /** When the last turn of an account began, of those whose pace may not be over. */
    private final Map<AccountKey, Long> begun = new HashMap<>();

    private final long pace;
    private boolean closed;

    /** @param pace the least time between the beginnings of two turns of an account */
    Agenda(Duration pace) {
        this.pace = pace.toNanos();
    }

    /** Asks for the account to be claimed for at {@code at}, or earlier. */
    void ask(AccountKey account, long asked) {
        lock.lock();
        try {
            long at = paced(account, asked);
            Long earlier = wanted.get(account);
            if (earlier != null && earlier - at <= 0) {
                return;
            }
            wanted.put(account, at);
            if (!running.contains(account)) {
                queue.add(new Entry(account, at));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next account that is due, as soon as one is; null once closed. The caller gives it back with {@link #done}. */
    @Nullable
    AccountKey take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Entry head = queue.peek();
                if (head == null) {
                    changed.await();
                    continue;
                }
                Long valid = wanted.get(head.account());
                if (valid == null || valid != head.at() || running.contains(head.account())) {
                    queue.remove();
                    continue;
                }
                long left = head.at() - System.nanoTime();
                if (left > 0) {
                    changed.await(left, TimeUnit.NANOSECONDS);
                    continue;
                }
                queue.remove();
                wanted.remove(head.account());
                running.add(head.account());
                begun(head.account());
                return head.account();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Gives an account back; what was asked for meanwhile counts from now. */
    void done(AccountKey account) {
        lock.lock();
        try {
            running.remove(account);
            Long asked = wanted.get(account);
            if (asked != null) {
                queue.add(new Entry(account, asked));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private long paced(AccountKey account, long asked) {
        Long last = begun.get(account);
        return last != null && last + pace - asked > 0 ? last + pace : asked;
    }

    private void begun(AccountKey account) {
        if (pace == 0) {
            return;
        }
        long now = System.nanoTime();
        if (begun.size() >= MOST_BEGUN) {
            begun.values().removeIf(last -> now - last > pace);
        }
        begun.put(account, now);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
