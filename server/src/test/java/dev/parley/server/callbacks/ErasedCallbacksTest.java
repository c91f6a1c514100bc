package dev.parley.server.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.templates.TemplateApplication;
import dev.parley.server.templates.TemplateMemory;
import dev.parley.server.threads.ThreadWorld;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks about messages that were erased, or are not known yet. */
class ErasedCallbacksTest {

    private static final String UPDATE =
            "insert into callback_updates (organization_id, account_id, provider, body, received_at) values ('%s', '%s', 'web', '%s', now())";

    private ThreadWorld world;
    private CallbackApplier applier;

    @BeforeEach
    void start() throws Exception {
        world = new ThreadWorld();
        InstantSource clock = InstantSource.system();
        Map<String, Connector> connectors =
                Connectors.all().stream().collect(Collectors.toMap(Connector::provider, Function.identity()));
        FingerprintStore erased = new FingerprintStore(ThreadWorld::fingerprint);
        applier = new CallbackApplier(
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

    @AfterEach
    void stop() {
        world.close();
    }

    private void erased(String providerMessageId) {
        world.run("insert into erased_provider_messages (organization_id, account_id, fingerprint, erased_at) values ('"
                + world.organization + "', '" + world.account + "', convert_to('"
                + new String(ThreadWorld.fingerprint(providerMessageId), StandardCharsets.UTF_8)
                + "', 'UTF8'), now())");
    }

    private void update(String body) {
        world.run(UPDATE.formatted(world.organization, world.account, body));
    }

    private static String message(String id, String from) {
        return "{\"message\":{\"id\":\"" + id + "\",\"from\":\"" + from
                + "\",\"text\":\"Hello\",\"timestamp\":1790000000}}";
    }

    private void status(String providerMessageId) {
        update("{\"status\":{\"id\":\"" + providerMessageId + "\",\"status\":\"read\",\"timestamp\":1790000000}}");
    }

    private void inbound(String providerMessageId) {
        update(message(providerMessageId, "visitor-7"));
    }

    @Test
    void aStatusOfAnErasedMessageIsDroppedAndAnUnknownOneIsParked() {
        erased("web-erased");
        status("web-erased");
        status("web-early");

        assertThat(applier.runOneCycle()).isEqualTo(2);

        assertThat(world.texts("select state || ' ' || provider_message_id from callback_updates"))
                .containsExactly("parked web-early");
    }

    @Test
    void aMessageThatWasErasedDoesNotComeBack() {
        erased("m-erased");
        inbound("m-erased");
        inbound("m-new");

        assertThat(applier.runOneCycle()).isEqualTo(2);

        assertThat(world.texts("select provider_message_id from messages")).containsExactly("m-new");
        assertThat(world.texts("select id from callback_updates")).isEmpty();
        inbound("m-new");
        applier.runOneCycle();
        assertThat(world.texts("select provider_message_id from messages")).containsExactly("m-new");
    }

    private UUID threadOfVisitor() {
        inbound("m-first");
        applier.runOneCycle();
        return UUID.fromString(world.text("select id from threads where identifier = 'visitor-7'"));
    }

    private void erase(UUID thread) {
        assertThat(world.send("one", "POST", "/public/v2/message-threads/" + thread + "/erase", null)
                        .statusCode())
                .isEqualTo(200);
    }

    private void assertGone() {
        assertThat(world.texts("select id from threads where identifier = 'visitor-7'"))
                .isEmpty();
        assertThat(world.texts("select provider_message_id from messages")).isEmpty();
        assertThat(world.texts("select body from callback_updates")).isEmpty();
    }

    @Test
    void whatWasReceivedBeforeTheErasureAndCommittedAfterItDoesNotBringThePersonBackButWhatComesLaterDoes()
            throws Exception {
        UUID thread = threadOfVisitor();
        try (Connection door = world.test.connect();
                Statement statement = door.createStatement()) {
            door.setAutoCommit(false);
            statement.execute(UPDATE.formatted(world.organization, world.account, message("m-before", "visitor-7")));
            erase(thread);
            door.commit();
        }

        assertThat(applier.runOneCycle()).isEqualTo(1);
        assertGone();

        inbound("m-after");
        assertThat(applier.runOneCycle()).isEqualTo(1);
        assertThat(world.texts("select provider_message_id from messages")).containsExactly("m-after");
        assertThat(world.texts("select id from threads where identifier = 'visitor-7'"))
                .hasSize(1)
                .doesNotContain(thread.toString());
    }

    @Test
    void anUpdateThatWaitsForTheErasureToLetGoOfTheThreadDoesNotBringThePersonBack() throws Exception {
        UUID thread = threadOfVisitor();
        // The erasure does not see whom this text names, so that it does not wait for its row.
        update(message("m-hidden", "visitor-\\u0037"));
        try (Connection holder = world.test.connect();
                Statement statement = holder.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            statement.execute("select from thread_dispatch where thread_id = '" + thread + "' for update");
            Future<?> erasing = threads.submit(() -> erase(thread));
            await().until(() -> waiting() == 1);
            Future<Integer> applying = threads.submit(applier::runOneCycle);
            await().until(() -> waiting() == 2);
            holder.commit();
            erasing.get();
            assertThat(applying.get()).isBetween(0, 1);
        }
        applier.runOneCycle();

        assertGone();
    }

    private long waiting() {
        return Long.parseLong(
                world.text(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"));
    }
}
