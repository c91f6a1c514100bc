package dev.parley.simulator.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every accepted send in the order of acceptance. Appending takes one atomic increment and one store. At most the given
 * number of entries is kept, rounded up to whole pages; older ones go, and {@link #dropped()} says how many.
 * Thread-safe.
 */
public final class Ledger {

    private static final int PAGE = 4096;

    private final int pagesKept;
    private volatile State state = new State();

    /** @param limit how many entries are kept at least */
    public Ledger(int limit) {
        pagesKept = limit / PAGE + 2;
    }

    private static final class State {
        final AtomicLong last = new AtomicLong();
        final ConcurrentHashMap<Long, AtomicReferenceArray<LedgerEntry>> pages = new ConcurrentHashMap<>();
    }

    /**
     * What one reading found.
     *
     * @param entries the entries, ascending
     * @param next the sequence to pass as {@code after} to go on
     */
    public record Page(List<LedgerEntry> entries, long next) {}

    /** Adds an entry and gives it the next sequence number. */
    public LedgerEntry append(long receivedAtMicros, LedgerEntry.Accepted accepted) {
        State now = state;
        long index = now.last.getAndIncrement();
        var entry = new LedgerEntry(index + 1, receivedAtMicros, accepted);
        page(now, index / PAGE).set((int) (index % PAGE), entry);
        return entry;
    }

    /**
     * Reads on from a place. Stops before an entry that is still being written, so that nobody who follows
     * {@link Page#next()} misses one.
     *
     * @param after the last sequence number seen, 0 to begin
     * @param limit how many entries at most
     * @param wanted which entries to take
     */
    public Page read(long after, int limit, Predicate<LedgerEntry> wanted) {
        State now = state;
        var entries = new ArrayList<LedgerEntry>();
        long index = Math.max(after, droppedIn(now));
        for (; entries.size() < limit && index < now.last.get(); index++) {
            LedgerEntry entry = find(now, index);
            if (entry == null) {
                break;
            }
            if (wanted.test(entry)) {
                entries.add(entry);
            }
        }
        return new Page(List.copyOf(entries), index);
    }

    /** How many sends were accepted since the start or the last {@link #clear()}. */
    public long total() {
        return state.last.get();
    }

    /** How many of them are no longer kept. */
    public long dropped() {
        return droppedIn(state);
    }

    /** Forgets everything; the next entry is 1 again. */
    public void clear() {
        state = new State();
    }

    private long droppedIn(State now) {
        return Math.max(0, (now.last.get() - 1) / PAGE - pagesKept + 1) * PAGE;
    }

    private static @Nullable LedgerEntry find(State now, long index) {
        var page = now.pages.get(index / PAGE);
        return page == null ? null : page.get((int) (index % PAGE));
    }

    private AtomicReferenceArray<LedgerEntry> page(State now, long number) {
        var page = now.pages.get(number);
        if (page != null) {
            return page;
        }
        now.pages.remove(number - pagesKept);
        return now.pages.computeIfAbsent(number, _ -> new AtomicReferenceArray<>(PAGE));
    }
}
