package dev.parley.server.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an endpoint may have under way: places for requests, and lanes that wait for results. */
class OwnedEndpointTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final DeliverySettings SETTINGS =
            new DeliverySettings(1000, SECOND, SECOND, List.of(SECOND), 5, SECOND, SECOND, SECOND);

    private final EndpointKey key = new EndpointKey(UUID.randomUUID(), UUID.randomUUID());
    private final Permits permits = new Permits(1000);
    private final long now = System.nanoTime();
    private final OwnedEndpoint endpoint = new OwnedEndpoint(claimed(1), SETTINGS, now);

    @Test
    void aPlaceIsFreeOnceItsRequestIsAnsweredThoughTheResultIsNotKeptYet() {
        endpoint.filled(pending(IntStream.range(0, Health.MOST_AT_ONCE + 1)), null);
        assertThat(start()).hasSize(Health.MOST_AT_ONCE);
        assertThat(start()).isEmpty();

        endpoint.answered();
        assertThat(start()).extracting(Pending::lane).containsExactly(Health.MOST_AT_ONCE);
    }

    @Test
    void whatFollowsInALaneWaitsUntilTheResultIsKept() {
        endpoint.filled(pending(IntStream.of(7, 7)), null);
        List<Pending> first = start();
        assertThat(first).extracting(Pending::position).containsExactly(0L);

        endpoint.answered();
        assertThat(start()).isEmpty();
        endpoint.finished(first.getFirst());
        assertThat(start()).extracting(Pending::position).containsExactly(1L);
    }

    @Test
    void itIsNotGivenBackBeforeTheLastResultIsKept() {
        endpoint.filled(pending(IntStream.of(7)), null);
        Pending only = start().getFirst();
        endpoint.answered();
        assertThat(endpoint.isIdle()).isFalse();

        endpoint.finished(only);
        assertThat(endpoint.isIdle()).isTrue();
    }

    @Test
    void whatEndedWhileItWasReadIsNotSentAgain() {
        Pending late = pending(1, 1, true);
        endpoint.filled(List.of(late), null);
        assertThat(start()).containsExactly(late);
        endpoint.again(claimed(1), now);
        assertThat(endpoint.read()).isNotNull();
        endpoint.finished(late);
        endpoint.filled(List.of(late), null);
        assertThat(start()).isEmpty();

        endpoint.again(claimed(1), now);
        assertThat(endpoint.read()).isNotNull();
        endpoint.filled(List.of(late), null);
        assertThat(start()).as("due once more, by a later read").containsExactly(late);
    }

    @Test
    void whatWaitedWhenAnotherNodeHadItIsReadAnewAndWhatIsUnderWayIsNot() {
        List<Pending> all = pending(IntStream.of(7, 7, 8));
        endpoint.filled(all, null);
        assertThat(start()).containsExactly(all.get(0), all.get(2));

        endpoint.again(claimed(3), now);
        assertThat(endpoint.read()).extracting(QueueStore.Wanted::position).isEqualTo(-1L);
        endpoint.filled(List.of(all.get(0), all.get(2)), null);
        all.forEach(endpoint::finished);
        assertThat(start()).as("the second one was sent by the other").isEmpty();
    }

    private ClaimedEndpoint claimed(long fence) {
        return new ClaimedEndpoint(key, "http://receiver", fence, 0);
    }

    private List<Pending> start() {
        return endpoint.start(permits, 1, now);
    }

    /** In order, one of each of these lanes. */
    private List<Pending> pending(IntStream lanes) {
        int[] lane = lanes.toArray();
        return IntStream.range(0, lane.length)
                .mapToObj(i -> pending(i, lane[i], false))
                .toList();
    }

    private Pending pending(long position, int lane, boolean late) {
        return new Pending(key, UUID.randomUUID(), UUID.randomUUID(), position, lane, late, 0, null, null, now);
    }
}
