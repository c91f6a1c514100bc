package dev.parley.server.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.templates.TemplateApplication;
import dev.parley.server.templates.TemplateMemory;
import dev.parley.server.threads.ThreadWorld;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes apply what the same persons wrote. */
@NullUnmarked
class TwoAppliersTest {

    private static final int ROUNDS = 20;
    private static final int MESSAGES = 30;

    private ThreadWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new ThreadWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private CallbackApplier applier() {
        InstantSource clock = InstantSource.system();
        Map<String, Connector> connectors =
                Connectors.all().stream().collect(Collectors.toMap(Connector::provider, Function.identity()));
        FingerprintStore erased = new FingerprintStore(ThreadWorld::fingerprint);
        return new CallbackApplier(
                world.database,
                connectors,
                new InboundApplication(connectors, world.identity, erased, Ids.timeOrdered(), clock),
                new RenameApplication(connectors, world.identity, erased),
                erased,
                () -> new TemplateApplication(new TemplateMemory(world.database, clock, () -> {}), clock),
                (organization, thread, sentTo, addresses) -> {},
                () -> {},
                clock);
    }

    /** Each message comes twice: one of the pair may be with either node. */
    private void arrive(int from, int count) {
        world.run("""
                insert into callback_updates (organization_id, account_id, provider, body, received_at)
                select '%s', '%s', 'web', '{"message":{"id":"two-' || (i %% %d + %d) || '","from":"visitor-' || i %% 2
                    || '","text":"Hello","timestamp":1790000000}}', now()
                from generate_series(0, %d) i
                """.formatted(world.organization, world.account, count, from, 2 * count - 1));
    }

    @Test
    void nothingIsCountedTwiceOrLost() throws Exception {
        CallbackApplier one = applier();
        CallbackApplier other = applier();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                arrive(round * MESSAGES, MESSAGES);
                Future<Integer> first = nodes.submit(() -> drained(one));
                Future<Integer> second = nodes.submit(() -> drained(other));
                first.get();
                second.get();
            }
        }
        drained(one);
        assertThat(world.text("select count(*) from messages")).isEqualTo(String.valueOf(ROUNDS * MESSAGES));
        assertThat(world.texts("select unread from conversations"))
                .containsExactly(String.valueOf(ROUNDS * MESSAGES / 2), String.valueOf(ROUNDS * MESSAGES / 2));
        assertThat(world.text("select count(*) from events where resource_type = 'conversations' and event = 'create'"))
                .isEqualTo("2");
        assertThat(world.text("select count(*) from callback_updates")).isEqualTo("0");
    }

    private static int drained(CallbackApplier applier) {
        int all = 0;
        for (int taken = applier.runOneCycle(); taken > 0; taken = applier.runOneCycle()) {
            all += taken;
        }
        return all;
    }
}
