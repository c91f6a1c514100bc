package dev.parley.server.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Results of requests that were under way together are kept in whatever order they come. */
class ResultOrderTest extends DeliveryCase {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final EndpointKey endpoint = new EndpointKey(world.organization, world.endpoint("/hook"));

    @Test
    void anOlderCountOfFailuresThatIsKeptLaterLowersNothing() {
        keep(new Health.Change(10, 10, PAUSE));
        keep(new Health.Change(9, 9, null));
        assertThat(inItsRow()).isEqualTo("10 open");

        keep(new Health.Change(11, 0, null));
        assertThat(inItsRow()).isEqualTo("0 closed");
        keep(new Health.Change(12, 1, null));
        assertThat(inItsRow()).isEqualTo("1 closed");
    }

    private void keep(Health.Change change) {
        ResultStore.Kept kept = new ResultStore.Kept(endpoint, UUID.randomUUID(), "pending", PAUSE, "{}", change);
        world.events.database.transact(connection -> ResultStore.write(connection, List.of(kept), Duration.ofDays(3)));
    }

    private String inItsRow() {
        return world.events
                .query(
                        "select failures || case when open_until is null then ' closed' else ' open' end from webhook_endpoints")
                .getFirst();
    }
}
