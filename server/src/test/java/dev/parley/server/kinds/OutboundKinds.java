package dev.parley.server.kinds;

import static dev.parley.server.kinds.KindsTest.world;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What can be sent beside text, what was read, and whom it reaches after a change of number. */
abstract class OutboundKinds {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"type\":\"location\",\"location\":{\"latitude\":1.5,\"longitude\":2.5,\"name\":\"Office\"}}",
                "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"Grace Hopper\",\"first_name\":\"Grace\"},\"phones\":[{\"phone\":\"+14155550829\"}]}]}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"When?\"},\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"b1\",\"title\":\"Monday\"}}]}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"list\",\"header\":{\"type\":\"text\",\"text\":\"Days\"},\"body\":{\"text\":\"When?\"},\"action\":{\"button\":\"Days\",\"sections\":[{\"rows\":[{\"id\":\"r1\",\"title\":\"Monday\"}]}]}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"cta_url\",\"body\":{\"text\":\"See\"},\"action\":{\"name\":\"cta_url\",\"parameters\":{\"display_text\":\"Open\",\"url\":\"https://a.example/\"}}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"location_request_message\",\"body\":{\"text\":\"Where?\"},\"action\":{\"name\":\"send_location\"}}}"
            })
    void shouldSendEachKind(String payload) {
        String phone = world.phone();
        String thread = talk(phone);
        JsonNode written = Json.MAPPER.readTree(payload);
        String id = sent(thread, written);
        awaitSent(id);
        JsonNode entry = world.ledger(phone).getLast();
        String type = written.path("type").asString();

        assertThat(entry.path("type").asString()).isEqualTo(type);
        assertThat(entry.path(type)).isEqualTo(written.path(type));
        assertThat(world.message(id).path("attributes").path("payload")).isEqualTo(written);
    }

    @Test
    void shouldReactAndReply() {
        String phone = world.phone();
        String thread = talk(phone);
        JsonNode theirs = world.messages(thread).getFirst();
        String theirId = theirs.path("id").asString();
        awaitSent(sent(thread, reaction(theirId, "👍")));
        awaitSent(sent(thread, reaction(theirId, "")));
        String reply = sent(
                thread,
                Json.MAPPER.readTree("{\"type\":\"text\",\"text\":{\"value\":\"To you\"},\"context\":{\"messageId\":\""
                        + theirId + "\"}}"));
        awaitSent(reply);
        List<JsonNode> ledger = world.ledger(phone);
        String providerId =
                ledger.getFirst().path("reaction").path("message_id").asString();

        assertThat(ledger.getFirst().path("reaction").path("emoji").asString()).isEqualTo("👍");
        assertThat(ledger.get(1).path("reaction").path("emoji").asString("?")).isEmpty();
        assertThat(ledger.get(2).path("context").path("message_id").asString()).isEqualTo(providerId);
        assertThat(providerId).startsWith("wamid.");
        // Our own message can be answered too.
        awaitSent(sent(
                thread,
                Json.MAPPER.readTree(
                        "{\"type\":\"text\",\"text\":{\"value\":\"And more\"},\"context\":{\"messageId\":\"" + reply
                                + "\"}}")));
        assertThat(world.ledger(phone).get(3).path("context").path("message_id").asString())
                .isEqualTo(ledger.get(2).path("providerId").asString());
    }

    @Test
    void shouldRefuseToNameWhatTheProviderDoesNotKnow() {
        String phone = world.phone();
        String thread = talk(phone);
        String elsewhere = talk(world.phone());
        String other = world.messages(elsewhere).getFirst().path("id").asString();
        String closed = world.thread(world.phone());
        String unsent = sent(closed, text("never leaves"));
        String reaction = sent(
                thread, reaction(world.messages(thread).getFirst().path("id").asString(), "👍"));
        awaitSent(reaction);

        refused(
                thread,
                reaction(UUID.randomUUID().toString(), "👍"),
                "/data/attributes/payload/reaction/messageId",
                "no message");
        refused(thread, reaction(other, "👍"), "/data/attributes/payload/reaction/messageId", "no message");
        refused(closed, reaction(unsent, "👍"), "/data/attributes/payload/reaction/messageId", "does not know");
        refused(thread, reaction(reaction, "👍"), "/data/attributes/payload/reaction/messageId", "reaction itself");
        refused(
                thread,
                Json.MAPPER.readTree(
                        "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":{\"messageId\":\"" + other + "\"}}"),
                "/data/attributes/payload/context/messageId",
                "no message");
        refused(
                thread,
                Json.MAPPER.readTree("{\"type\":\"location\",\"location\":{\"latitude\":91,\"longitude\":0}}"),
                "/data/attributes/payload/location/latitude",
                "90");
    }

    @Test
    void shouldHoldTheWindowRuleForEachKind() {
        String thread = world.thread(world.phone());
        String id = sent(
                thread, Json.MAPPER.readTree("{\"type\":\"location\",\"location\":{\"latitude\":1,\"longitude\":2}}"));
        JsonNode attributes = world.message(id).path("attributes");
        assertThat(attributes.path("deliveryStatus").asString()).isEqualTo("failed");
        assertThat(attributes.path("errorMessages").path(0).path("code").asString())
                .isEqualTo("conversation_window_closed");
    }

    @Test
    void shouldMarkAsReadAndTellTheProviderOfTheNewestAlone() throws Exception {
        String phone = world.phone();
        String thread = talk(phone);
        String newest = world.text(phone, "second");
        world.awaitMessages(thread, 2);
        assertThat(read(thread)).isEqualTo(2);
        assertThat(read(thread)).isZero();
        for (JsonNode message : world.messages(thread)) {
            assertThat(message.path("attributes").path("deliveryStatus").asString())
                    .isEqualTo("read");
            assertThat(message.path("attributes")
                            .path("statusTimes")
                            .path("readAt")
                            .isNull())
                    .isFalse();
        }
        await().until(() -> reads(newest) == 1);
        await().until(() -> world.number("select count(*) from read_receipts") == 0);
        assertThat(world.number("select count(*) from events where thread_id = '" + thread
                        + "' and fields = '{deliveryStatus,statusTimes}'"))
                .isEqualTo(2);
        HttpResponse<String> unknown =
                world.server.api("POST", "/message-threads/" + UUID.randomUUID() + "/read", world.customer.token, null);
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldGiveUpTellingWhatTheProviderDoesNotKnowOrWhatIsTooOld() throws Exception {
        String phone = world.phone();
        String thread = talk(phone);
        world.server.sql(
                "update messages set provider_message_id = 'wamid.forgotten' where thread_id = '" + thread + "'");
        assertThat(read(thread)).isEqualTo(1);
        await().until(() -> world.number("select count(*) from read_receipts") == 0);
        world.reply(phone, Map.of("text", "old", "timestamp", Instant.now().getEpochSecond() - 31 * 86_400));
        world.awaitMessages(thread, 2);
        assertThat(read(thread)).isEqualTo(1);
        assertThat(world.number("select count(*) from read_receipts")).isZero();
    }

    @Test
    void shouldGoOnTellingWhenTheProviderWasAway() throws Exception {
        String thread = talk(world.phone());
        String owed = " from read_receipts where thread_id = '" + thread + "'";
        world.server.stopSimulator();
        try {
            assertThat(read(thread)).isEqualTo(1);
            await().until(() -> world.number("select coalesce(max(tries), 0)" + owed) > 0);
            world.server.sql("update read_receipts set tries = 5, due_at = now() where thread_id = '" + thread + "'");
            await().until(() -> world.number("select count(*)" + owed) == 0);
        } finally {
            world.server.startSimulator();
            world.customer.subscribe();
        }
    }

    @Test
    void shouldCarryEachKindOnWebChat() {
        world.server.site(world.customer.token);
        String thread = world.server
                .make(
                        "/message-threads",
                        world.customer.token,
                        "messageThreads",
                        Map.of("channel", "web", "identifier", "visitor-7"))
                .path("id")
                .asString();
        String first = sent(thread, text("hello"));
        awaitSent(first);
        awaitSent(sent(thread, reaction(first, "👍")));
        awaitSent(sent(
                thread,
                Json.MAPPER.readTree(
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"When?\"},"
                                + "\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"b1\",\"title\":\"Monday\"}}]}},"
                                + "\"context\":{\"messageId\":\"" + first + "\"}}")));
        assertThat(read(thread)).isZero();
    }

    @Test
    void shouldFollowACandidateToANewNumber() {
        String before = world.phone();
        String after = world.phone();
        String thread = talk(before);
        long at = Instant.now().getEpochSecond();
        world.reply(before, Map.of("system", Map.of("type", "user_changed_number", "waId", after), "timestamp", at));
        await().until(() ->
                world.attributesOfThread(thread).path("identifier").asString().equals(after));
        assertThat(world.messages(thread)).hasSize(1);
        // Late from the old number, then from the new one: the same thread; later from the old one: somebody else.
        world.reply(before, Map.of("text", "late", "timestamp", at - 5));
        world.text(after, "new number");
        world.awaitMessages(thread, 3);
        world.reply(before, Map.of("text", "stranger", "timestamp", at + 60));
        world.settle();
        assertThat(world.messages(thread)).hasSize(3);
        assertThat(world.thread(before)).isNotEqualTo(thread);
        // The same once more, late: the stranger keeps the number.
        world.reply(before, Map.of("system", Map.of("type", "user_changed_number", "waId", after), "timestamp", at));
        world.settle();
        assertThat(world.thread(before)).isNotEqualTo(thread);
        awaitSent(sent(thread, text("hello again")));
        assertThat(world.ledger(after)).hasSize(1);
    }

    @Test
    void shouldMergeWhenTheNewNumberWroteFirst() {
        String before = world.phone();
        String after = world.phone();
        String thread = talk(before);
        String second = talk(after);
        assertThat(second).isNotEqualTo(thread);
        world.reply(before, Map.of("system", Map.of("type", "user_changed_number", "waId", after)));
        await().until(() -> world.messages(thread).size() == 2);
        assertThat(world.attributesOfThread(second).path("identifier").asString())
                .isEqualTo(after);
        assertThat(world.thread(after)).isEqualTo(thread);
    }

    @Test
    void shouldKnowACandidateByIdUntilTheNumberIsKnown() {
        String user = "US.9000" + world.phone();
        world.reply(null, Map.of("userId", user, "text", "no number"));
        world.settle();
        String thread = world.thread(user);
        assertThat(world.awaitMessages(thread, 1)).hasSize(1);
        assertThat(world.attributesOfThread(thread).path("identifier").asString())
                .isEqualTo(user);
        awaitSent(sent(thread, text("hello")));
        assertThat(world.ledger(user)).hasSize(1);

        String renewed = user + "B";
        world.reply(
                null,
                Map.of(
                        "userId",
                        renewed,
                        "system",
                        Map.of("type", "user_changed_user_id", "userId", renewed, "previousUserId", user)));
        await().until(() ->
                world.attributesOfThread(thread).path("identifier").asString().equals(renewed));
        String phone = world.phone();
        world.reply(phone, Map.of("userId", renewed, "text", "with number"));
        world.awaitMessages(thread, 3);
        assertThat(world.attributesOfThread(thread).path("identifier").asString())
                .isEqualTo(phone);
        assertThat(world.thread(phone)).isEqualTo(thread);
    }

    private static String talk(String phone) {
        String thread = world.thread(phone);
        world.text(phone, "hello");
        world.awaitMessages(thread, 1);
        return thread;
    }

    private static JsonNode text(String text) {
        return Json.MAPPER.readTree("{\"type\":\"text\",\"text\":{\"value\":\"" + text + "\"}}");
    }

    private static JsonNode reaction(String message, String emoji) {
        return Json.MAPPER.readTree(
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + message + "\",\"emoji\":\"" + emoji + "\"}}");
    }

    private static HttpResponse<String> post(String thread, JsonNode payload) {
        String body = Json.text(Map.of(
                "data",
                Map.of(
                        "type",
                        "messages",
                        "attributes",
                        Map.of("sendBy", "Ada", "messageThreadId", thread, "payload", payload))));
        return world.server.api("POST", "/messages", world.customer.token, body);
    }

    private static String sent(String thread, JsonNode payload) {
        HttpResponse<String> answer = post(thread, payload);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body()).path("data").path("id").asString();
    }

    private static void awaitSent(String id) {
        JsonNode message = world.awaitMessage(
                id,
                one -> !one.path("attributes").path("deliveryStatus").asString().equals("accepted"));
        assertThat(message.path("attributes").path("errorMessages")).isEmpty();
    }

    private static void refused(String thread, JsonNode payload, String pointer, String detail) {
        HttpResponse<String> answer = post(thread, payload);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        JsonNode error = Json.MAPPER.readTree(answer.body()).path("errors").path(0);
        assertThat(error.path("source").path("pointer").asString()).isEqualTo(pointer);
        assertThat(error.path("detail").asString()).contains(detail);
    }

    private static int read(String thread) {
        HttpResponse<String> answer =
                world.server.api("POST", "/message-threads/" + thread + "/read", world.customer.token, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).path("meta").path("read").asInt(-1);
    }

    private static long reads(String providerId) {
        return world.ledger("").stream()
                .filter(entry -> entry.path("type").asString().equals("read"))
                .filter(entry -> entry.path("providerId").asString().equals(providerId))
                .count();
    }
}
