package dev.parley.server.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.threads.ThreadWorld;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks about messages that were erased, or are not known yet. */
class ErasedCallbacksTest {

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
                erased,
                (organization, thread, addresses) -> {},
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
        world.run("insert into callback_updates (organization_id, account_id, provider, body, received_at) values ('"
                + world.organization + "', '" + world.account + "', 'web', '" + body + "', now())");
    }

    private void status(String providerMessageId) {
        update("{\"status\":{\"id\":\"" + providerMessageId + "\",\"status\":\"read\",\"timestamp\":1790000000}}");
    }

    private void inbound(String providerMessageId) {
        update("{\"message\":{\"id\":\"" + providerMessageId
                + "\",\"from\":\"visitor-7\",\"text\":\"Hello\",\"timestamp\":1790000000}}");
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
}
