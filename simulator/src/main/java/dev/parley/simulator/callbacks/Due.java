package dev.parley.simulator.callbacks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates that are to be posted at a time.
 *
 * @param atNanos when, on the lane's clock
 * @param order breaks ties: first offered, first posted
 * @param updates one fresh update, or a whole batch that failed
 * @param failed how many tries failed so far
 * @param body the bytes of the first try, null before it
 * @param epoch the one they belong to
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Due<U extends Update>(long atNanos, long order, List<U> updates, int failed, byte @Nullable [] body, Epoch epoch)
        implements Comparable<Due<U>> {

    @Override
    public int compareTo(Due<U> other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
}
