package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import dev.parley.server.webhooks.WebhookReceiver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each change of a conversation is told once, with what changed. */
@NullUnmarked
class ConversationEventsTest {

    private static ConversationWorld world;
    private static WebhookReceiver receiver;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new ConversationWorld(folder.resolve("data"));
        receiver = new WebhookReceiver();
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
        receiver.close();
    }

    @Test
    void theLogTellsWhatChanged() throws Exception {
        String phone = world.phone();
        world.write(phone);
        String thread = world.thread(phone);
        String id = world.id(thread);
        world.write(phone);
        world.patched(id, Map.of("status", "closed"));
        world.write(phone);
        world.api("DELETE", "/messages/" + world.unread(thread).getFirst(), null);
        world.read(thread);
        world.write(phone);
        world.patched(id, Map.of("status", "closed", "unreadMessages", false));
        assertThat(world.events(id))
                .containsExactly(
                        "create",
                        "update unreadMessagesCount",
                        "update status",
                        "update status,unreadMessagesCount",
                        "update unreadMessagesCount",
                        "update unreadMessages,unreadMessagesCount",
                        "update unreadMessages,unreadMessagesCount",
                        "update unreadMessages,unreadMessagesCount",
                        "update status");

        List<JsonNode> told = new ArrayList<>();
        world.get("/events?filter[resourceType]=conversations&filter[messageThreadId]=" + thread)
                .get("data")
                .forEach(told::add);
        assertThat(told).hasSize(9);
        JsonNode last = told.getLast().at("/attributes/resource");
        assertThat(last).isEqualTo(world.get("/conversations/" + id).get("data"));
        assertThat(told.getFirst()
                        .at("/attributes/resource/attributes/unreadMessagesCount")
                        .intValue())
                .isOne();
    }

    /** Several messages that are applied together are one change. */
    @Test
    void theCountsToldEndWithWhatStands() throws Exception {
        String phone = world.phone();
        world.write(Map.of("from", phone, "text", "many", "count", 40));
        world.settle();
        String thread = world.thread(phone);
        assertThat(world.state(thread)).isEqualTo("open 40");
        List<Integer> counts = new ArrayList<>();
        world.get("/events?page[size]=100&filter[resourceType]=conversations&filter[messageThreadId]=" + thread)
                .get("data")
                .forEach(event -> counts.add(event.at("/attributes/resource/attributes/unreadMessagesCount")
                        .intValue()));
        assertThat(counts).isSorted().doesNotHaveDuplicates().endsWith(40);
    }

    @Test
    void aWebhookToldOfUnreadMessages() {
        HttpResponse<String> made = world.send(
                "POST",
                "/webhooks",
                "webhooks",
                Map.of(
                        "resource",
                        "conversations",
                        "event",
                        "update",
                        "fields",
                        List.of("unreadmessages"),
                        "webhookUrl",
                        receiver.url("/unread")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String phone = world.phone();
        world.write(phone);
        String thread = world.thread(phone);
        world.write(phone);
        world.read(thread);
        world.write(phone);
        await().untilAsserted(() -> assertThat(receiver.received("/unread")).hasSize(2));
        JsonNode attributes = Json.MAPPER
                .readTree(receiver.received("/unread").getFirst().body())
                .at("/data/attributes");
        assertThat(attributes.at("/resource/type").asString()).isEqualTo("conversations");
        assertThat(attributes.at("/resource/id").asString()).isEqualTo(world.id(thread));
        assertThat(attributes.at("/resource/attributes/unreadMessages").booleanValue())
                .isFalse();
    }
}
