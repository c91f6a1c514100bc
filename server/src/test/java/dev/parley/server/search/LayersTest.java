package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.search.Layers.Segment;
import dev.parley.server.search.Layers.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final int FULL = 16_384;
    private static final int MADE = 17_000;

    private final List<Segment> newestFirst = new ArrayList<>();
    private long moved;

    private void mergeAll() {
        for (Optional<Step> step = Layers.next(newestFirst, FULL);
                step.isPresent();
                step = Layers.next(newestFirst, FULL)) {
            Segment from = step.get().from();
            Segment to = step.get().to();
            int at = newestFirst.indexOf(from);
            assertThat(newestFirst.get(at + 1)).as("the next older one").isEqualTo(to);
            newestFirst.set(at + 1, new Segment(to.id(), from.entries() + to.entries()));
            newestFirst.remove(at);
            moved += from.entries();
        }
    }

    @Test
    void tenMillionAreInSomeThirtySegmentsAndEachIsMovedTwiceAtMost() {
        long made = 0;
        for (int i = 0; made < 10_000_000; i++) {
            newestFirst.addFirst(new Segment(i, MADE));
            made += MADE;
            mergeAll();
        }
        assertThat(newestFirst).hasSizeBetween(20, 32);
        assertThat(moved).isBetween(made, 2 * made);
        assertThat(newestFirst.subList(0, Layers.KEPT)).allMatch(segment -> segment.entries() == MADE);
        assertThat(newestFirst.subList(Layers.KEPT, 2 * Layers.KEPT))
                .allMatch(segment -> segment.entries() <= 16 * FULL);
        assertThat(newestFirst).allMatch(segment -> segment.entries() <= 64 * FULL);
    }

    @Test
    void manySmallOnesAtOnceAreMergedToo() {
        for (int i = 0; i < 611; i++) {
            newestFirst.addFirst(new Segment(i, FULL));
        }
        mergeAll();
        assertThat(newestFirst).hasSizeBetween(20, 32);
        assertThat(moved).isLessThan(5L * 611 * FULL);
    }

    @Test
    void theNewestStayAsTheyWereMade() {
        for (int i = 0; i <= Layers.KEPT; i++) {
            newestFirst.addFirst(new Segment(i, 1));
        }
        assertThat(Layers.next(newestFirst, FULL)).isEmpty();
    }
}
