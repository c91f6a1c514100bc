package dev.parley.simulator.callbacks;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What is due when. Anyone may add; one thread alone takes. */
final class Agenda<U extends Update> {

    /** Meta's bodies are at most 3 MB; this leaves room for the envelope. */
    private static final int MAX_BATCH_BYTES = 2_800_000;

    private final Queue<Due<U>> incoming = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due<U>> sorted = new PriorityQueue<>();
    private volatile Epoch epoch = new Epoch();

    /** The epoch that new updates belong to. */
    Epoch epoch() {
        return epoch;
    }

    void add(Due<U> due) {
        incoming.add(due);
    }

    /** Whether something was added since the last {@link #sort}. */
    boolean hasNews() {
        return !incoming.isEmpty();
    }

    /** Forgets everything, what is under way included: it is not tried again. */
    void clear() {
        Epoch old = epoch;
        epoch = new Epoch();
        old.end();
    }

    /** Takes over what was added. */
    void sort() {
        for (Due<U> due = incoming.poll(); due != null; due = incoming.poll()) {
            sorted.add(due);
        }
        while (!sorted.isEmpty() && sorted.element().epoch().isOver()) {
            sorted.remove();
        }
    }

    /** When the first is due, or null when nothing is. */
    @Nullable
    Long nextAtNanos() {
        Due<U> head = sorted.peek();
        return head == null ? null : head.atNanos();
    }

    /** Takes what goes into one POST, or null when nothing is due: a batch that failed, or fresh updates. */
    @Nullable
    Due<U> takeBatch(long nowNanos, int most) {
        Due<U> first = takeDue(nowNanos);
        if (first == null || first.body() != null) {
            return first;
        }
        List<U> updates = new ArrayList<>(first.updates());
        int bytes = first.updates().getFirst().estimatedBytes();
        while (updates.size() < most) {
            Due<U> next = sorted.peek();
            if (next == null || next.atNanos() > nowNanos || next.body() != null) {
                break;
            }
            sorted.remove();
            if (next.epoch().isOver()) {
                continue;
            }
            bytes += next.updates().getFirst().estimatedBytes();
            if (bytes > MAX_BATCH_BYTES) {
                sorted.add(next);
                break;
            }
            updates.addAll(next.updates());
        }
        return new Due<>(first.atNanos(), first.order(), updates, 0, null, first.epoch());
    }

    private @Nullable Due<U> takeDue(long nowNanos) {
        while (true) {
            Due<U> head = sorted.peek();
            if (head == null || head.atNanos() > nowNanos) {
                return null;
            }
            sorted.remove();
            if (!head.epoch().isOver()) {
                return head;
            }
        }
    }
}
