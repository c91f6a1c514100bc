package dev.parley.server.platform.db;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Rows that wait, one queue for each organization, taken round robin so that one organization's flood delays another's row
 * by one turn at most. Safe for use by many threads at once.
 */
final class FairQueue<I, O> {

    /** Whether a row was taken in. */
    enum Offer {
        TAKEN,
        ORGANIZATION_FULL,
        FULL,
        CLOSED
    }

    private final GroupLimits limits;
    private final Function<I, List<Object>> exclusiveKeys;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Map<UUID, ArrayDeque<GroupEntry<I, O>>> queues = new LinkedHashMap<>();
    /** Places of rows that are written elsewhere, by organization. */
    private final Map<UUID, Integer> held = new HashMap<>();

    private int size;
    private int heldInAll;
    private boolean closed;

    /**
     * @param exclusiveKeys what of an item may stand only once in a group, for example its id when the caller chose it
     */
    FairQueue(GroupLimits limits, Function<I, List<Object>> exclusiveKeys) {
        this.limits = limits;
        this.exclusiveKeys = exclusiveKeys;
    }

    Offer offer(GroupEntry<I, O> entry) {
        lock.lock();
        try {
            Offer room = room(entry.organization);
            if (room != Offer.TAKEN) {
                return room;
            }
            queues.computeIfAbsent(entry.organization, id -> new ArrayDeque<>()).add(entry);
            size++;
            if (size == 1 || size == limits.rows()) {
                // Whoever takes waits for the first row, or for a whole group.
                filled.signal();
            }
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes places for rows that are written elsewhere. All of them, as long as one is left: who wants many at once would else
     * never come by those who want one.
     */
    Offer hold(UUID organization, int rows) {
        lock.lock();
        try {
            Offer room = room(organization);
            if (room == Offer.TAKEN) {
                held.merge(organization, rows, Integer::sum);
                heldInAll += rows;
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** Gives places back. */
    void giveBack(UUID organization, int rows) {
        lock.lock();
        try {
            held.computeIfPresent(organization, (id, before) -> before == rows ? null : before - rows);
            heldInAll -= rows;
        } finally {
            lock.unlock();
        }
    }

    private Offer room(UUID organization) {
        if (closed) {
            return Offer.CLOSED;
        }
        if (size + heldInAll >= limits.queuedInAll()) {
            return Offer.FULL;
        }
        ArrayDeque<GroupEntry<I, O>> queue = queues.get(organization);
        int own = (queue == null ? 0 : queue.size()) + held.getOrDefault(organization, 0);
        return own >= limits.queuedPerOrganization() ? Offer.ORGANIZATION_FULL : Offer.TAKEN;
    }

    /** Rows that wait, those that hold a place among them. */
    int size() {
        lock.lock();
        try {
            return size + heldInAll;
        } finally {
            lock.unlock();
        }
    }

    /** The next group, as soon as there is one; empty once closed and drained. */
    List<GroupEntry<I, O>> take() throws InterruptedException {
        lock.lock();
        try {
            while (size == 0) {
                if (closed) {
                    return List.of();
                }
                filled.await();
            }
            return drain();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that {@link System#nanoTime}, or until a whole group has come together, or until closed. */
    void gather(long until) throws InterruptedException {
        lock.lock();
        try {
            long left = until - System.nanoTime();
            while (left > 0 && size < limits.rows() && !closed) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait since before this {@link System#nanoTime}, taken out. */
    List<GroupEntry<I, O>> waitingSince(long nanoTime) {
        lock.lock();
        try {
            List<GroupEntry<I, O>> late = new ArrayList<>();
            for (ArrayDeque<GroupEntry<I, O>> queue : queues.values()) {
                while (!queue.isEmpty() && queue.getFirst().since - nanoTime < 0) {
                    late.add(queue.removeFirst());
                    size--;
                }
            }
            queues.values().removeIf(ArrayDeque::isEmpty);
            return late;
        } finally {
            lock.unlock();
        }
    }

    /** What is left, taken out. */
    List<GroupEntry<I, O>> rest() {
        lock.lock();
        try {
            List<GroupEntry<I, O>> left = new ArrayList<>(size);
            queues.values().forEach(left::addAll);
            queues.clear();
            size = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    private List<GroupEntry<I, O>> drain() {
        List<GroupEntry<I, O>> group = new ArrayList<>(Math.min(size, limits.rows()));
        Set<Object> keys = new HashSet<>();
        Map<UUID, ArrayDeque<GroupEntry<I, O>>> waiting = new LinkedHashMap<>();
        int bytes = 0;
        boolean progress = true;
        while (progress && size > 0) {
            progress = false;
            for (Iterator<Map.Entry<UUID, ArrayDeque<GroupEntry<I, O>>>> turn =
                            queues.entrySet().iterator();
                    turn.hasNext(); ) {
                Map.Entry<UUID, ArrayDeque<GroupEntry<I, O>>> organization = turn.next();
                GroupEntry<I, O> head = organization.getValue().getFirst();
                boolean full =
                        group.size() >= limits.rows() || (!group.isEmpty() && bytes + head.bytes > limits.bytes());
                if (full) {
                    // Who had no turn in this group has the first in the next.
                    queues.putAll(waiting);
                    return group;
                }
                List<Object> own = exclusiveKeys.apply(head.item);
                if (own.stream().anyMatch(keys::contains)) {
                    continue;
                }
                keys.addAll(own);
                group.add(organization.getValue().removeFirst());
                size--;
                bytes += head.bytes;
                progress = true;
                turn.remove();
                if (!organization.getValue().isEmpty()) {
                    waiting.put(organization.getKey(), organization.getValue());
                }
            }
            queues.putAll(waiting);
            waiting.clear();
        }
        return group;
    }
}
