package dev.parley.server.kinds;

import static dev.parley.server.kinds.KindsTest.world;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What candidates send and do, from the provider's callback to what a client reads. */
abstract class InboundKinds {

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        Map.of("location", Map.of("latitude", 52.5, "longitude", -13.25, "name", "Gate")),
                        "{\"type\":\"location\",\"location\":{\"latitude\":52.5,\"longitude\":-13.25,\"name\":\"Gate\"}}"),
                Arguments.of(
                        Map.of(
                                "contacts",
                                List.of(Map.of(
                                        "name",
                                        Map.of("formatted_name", "Grace Hopper"),
                                        "phones",
                                        List.of(Map.of("phone", "+14155550829", "type", "CELL"))))),
                        "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"Grace Hopper\"},\"phones\":[{\"phone\":\"+14155550829\",\"type\":\"CELL\"}]}]}"),
                Arguments.of(
                        Map.of("button", Map.of("payload", "YES_1", "text", "Yes")),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"button\":{\"id\":\"YES_1\",\"title\":\"Yes\"}}}"),
                Arguments.of(
                        Map.of("buttonReply", Map.of("id", "b1", "title", "Yes")),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"b1\",\"title\":\"Yes\"}}}"),
                Arguments.of(
                        Map.of("listReply", Map.of("id", "r1", "title", "Monday", "description", "9 to 5")),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"r1\",\"title\":\"Monday\",\"description\":\"9 to 5\"}}}"),
                Arguments.of(
                        Map.of("formReply", Map.of("name", "flow", "response_json", "{\"a\":\"x\\u0000\",\"b\":[1]}")),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"form_reply\",\"form_reply\":{\"name\":\"flow\",\"answers\":{\"a\":\"x\uFFFD\",\"b\":[1]}}}}"),
                Arguments.of(
                        Map.of(
                                "order",
                                Map.of(
                                        "catalog_id",
                                        "c1",
                                        "product_items",
                                        List.of(Map.of(
                                                "product_retailer_id",
                                                "p1",
                                                "quantity",
                                                2,
                                                "item_price",
                                                9.5,
                                                "currency",
                                                "EUR")))),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"order\",\"order\":{\"catalogId\":\"c1\",\"items\":[{\"productId\":\"p1\",\"quantity\":2,\"price\":9.5,\"currency\":\"EUR\"}]}}}"),
                Arguments.of(
                        Map.of("unsupported", Map.of("type", "poll_creation")),
                        "{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"poll_creation\",\"errors\":[{\"code\":\"131051\",\"title\":\"Unsupported message type\"}]}}"),
                Arguments.of(
                        Map.of("type", "hologram"),
                        "{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"hologram\"}}"),
                Arguments.of(
                        Map.of("message", Map.of("type", "interactive")),
                        "{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"interactive\"}}"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldShowEachKindAndOpenTheWindow(Map<String, ?> what, String payload) {
        String phone = world.phone();
        String thread = world.thread(phone);
        world.reply(phone, what);
        JsonNode message = world.awaitMessages(thread, 1).getFirst().path("attributes");

        assertThat(message.path("payload")).isEqualTo(Json.MAPPER.readTree(payload));
        assertThat(message.path("origin").asString()).isEqualTo("inbound");
        assertThat(message.path("deliveryStatus").asString()).isEqualTo("delivered");
        assertThat(world.customer.windowIsOpen(thread)).isTrue();
    }

    @Test
    void shouldKeepWhatIsNotUnderstoodRaw() throws Exception {
        String phone = world.phone();
        world.reply(phone, Map.of("message", Map.of("type", "hologram", "hologram", Map.of("depth", "deep-7"))));
        world.awaitMessages(world.thread(phone), 1);
        assertThat(world.number(
                        "select count(*) from callback_updates where state = 'set_aside' and body like '%deep-7%'"))
                .isEqualTo(1);
        world.reply(null, Map.of("errors", List.of(131000)));
        world.settle();
    }

    @Test
    void shouldLinkAReplyToWhatItAnswers() {
        String phone = world.phone();
        String thread = world.thread(phone);
        String first = world.text(phone, "first");
        String ours = sent(thread, phone, "ours");
        world.reply(phone, Map.of("text", "to ours", "replyTo", providerId(phone)));
        world.reply(phone, Map.of("text", "to mine", "replyTo", first));
        // Comes before what it answers.
        world.reply(phone, Map.of("text", "early", "replyTo", "wamid.later"));
        List<JsonNode> messages = world.awaitMessages(thread, 5);

        // Ours is known by the provider's id once its result is recorded; until then a reply to it is an early one,
        // too.
        world.awaitMessage(
                messages.get(2).path("id").asString(),
                message -> context(message).equals(ours));
        assertThat(context(messages.get(3)))
                .isEqualTo(messages.getFirst().path("id").asString());
        assertThat(messages.get(4).path("attributes").path("payload").has("context"))
                .isFalse();
        world.reply(phone, Map.of("text", "later", "messageId", "wamid.later"));
        String later = world.awaitMessages(thread, 6).get(5).path("id").asString();
        world.awaitMessage(
                messages.get(4).path("id").asString(),
                message -> context(message).equals(later));
    }

    @Test
    void shouldShowAReactionOnItsMessageAndTakeItAwayAgain() throws Exception {
        String phone = world.phone();
        String thread = world.thread(phone);
        world.text(phone, "hello");
        String ours = sent(thread, phone, "ours");
        String target = providerId(phone);
        long at = Instant.now().getEpochSecond();
        world.reply(
                phone,
                Map.of(
                        "reaction",
                        Map.of("messageId", target, "emoji", "👍"),
                        "timestamp",
                        at,
                        "messageId",
                        "wamid.up"));
        JsonNode reacted =
                world.awaitMessage(ours, message -> message.path("meta").has("reactions"));
        JsonNode came = world.awaitMessages(thread, 3).get(2);

        assertThat(reacted.path("meta").path("reactions").path(0).path("emoji").asString())
                .isEqualTo("👍");
        assertThat(reacted.path("meta").path("reactions").path(0).path("origin").asString())
                .isEqualTo("inbound");
        assertThat(reacted.path("meta")
                        .path("reactions")
                        .path(0)
                        .path("messageId")
                        .asString())
                .isEqualTo(came.path("id").asString());
        assertThat(came.path("attributes").path("payload"))
                .isEqualTo(Json.MAPPER.readTree(
                        "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ours + "\",\"emoji\":\"👍\"}}"));
        assertThat(world.number("select count(*) from events where resource_id = '" + ours
                        + "' and event = 'update' and fields = '{reactions}'"))
                .isEqualTo(1);

        // Another in the same second, then the first once more: the newer one stays.
        world.reply(phone, Map.of("reaction", Map.of("messageId", target), "timestamp", at));
        world.awaitMessage(ours, message -> !message.path("meta").has("reactions"));
        world.reply(
                phone,
                Map.of(
                        "reaction",
                        Map.of("messageId", target, "emoji", "👍"),
                        "timestamp",
                        at,
                        "messageId",
                        "wamid.up"));
        world.reply(phone, Map.of("reaction", Map.of("messageId", target, "emoji", "😀"), "timestamp", at - 60));
        world.awaitMessages(thread, 5);
        world.settle();
        assertThat(world.message(ours).path("meta").has("reactions")).isFalse();
    }

    @Test
    void shouldShowAReactionThatComesBeforeItsMessage() {
        String phone = world.phone();
        String thread = world.thread(phone);
        world.reply(phone, Map.of("reaction", Map.of("messageId", "wamid.unborn", "emoji", "🎉")));
        JsonNode reaction = world.awaitMessages(thread, 1).getFirst();
        assertThat(reaction.path("attributes")
                        .path("payload")
                        .path("reaction")
                        .path("messageId")
                        .isNull())
                .isTrue();
        world.reply(phone, Map.of("text", "born", "messageId", "wamid.unborn"));
        String born = world.awaitMessages(thread, 2).get(1).path("id").asString();
        world.awaitMessage(
                born,
                message -> message.path("meta")
                        .path("reactions")
                        .path(0)
                        .path("emoji")
                        .asString("")
                        .equals("🎉"));
        assertThat(world.message(reaction.path("id").asString())
                        .path("attributes")
                        .path("payload")
                        .path("reaction")
                        .path("messageId")
                        .asString())
                .isEqualTo(born);
    }

    @Test
    void shouldChangeAnEditedMessageWhateverTheOrder() {
        String phone = world.phone();
        String thread = world.thread(phone);
        long at = Instant.now().getEpochSecond();
        world.reply(phone, edit("wamid.e1", "second", at + 2, "wamid.edit2"));
        world.reply(phone, Map.of("text", "original", "messageId", "wamid.e1", "timestamp", at));
        String id = world.awaitMessages(thread, 1).getFirst().path("id").asString();
        JsonNode edited = world.awaitMessage(id, message -> message.path("meta").has("editedAt"));
        assertThat(textOf(edited)).isEqualTo("second");
        world.reply(phone, edit("wamid.e1", "first", at + 1, "wamid.edit1"));
        world.reply(phone, edit("wamid.e1", "second", at + 2, "wamid.edit2"));
        world.settle();
        assertThat(textOf(world.message(id))).isEqualTo("second");
        assertThat(world.message(id).path("meta").path("version").asInt())
                .isEqualTo(edited.path("meta").path("version").asInt());
        world.reply(phone, edit("wamid.e1", "third", at + 3, "wamid.edit3"));
        world.awaitMessage(id, message -> textOf(message).equals("third"));
        assertThat(world.messages(thread)).hasSize(1);
    }

    @Test
    void shouldRemoveWhatIsTakenBackFromEverywhere() throws Exception {
        String phone = world.phone();
        String thread = world.thread(phone);
        long at = Instant.now().getEpochSecond();
        world.reply(phone, Map.of("revoke", Map.of("messageId", "wamid.r1"), "timestamp", at + 1));
        world.reply(phone, Map.of("text", "regretted-words", "messageId", "wamid.r1", "timestamp", at));
        String id = world.awaitMessages(thread, 1).getFirst().path("id").asString();
        JsonNode revoked =
                world.awaitMessage(id, message -> message.path("meta").has("revokedAt"));

        assertThat(revoked.path("attributes").path("payload"))
                .isEqualTo(Json.MAPPER.readTree("{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"revoked\"}}"));
        world.reply(phone, edit("wamid.r1", "regretted-again", at + 2, "wamid.editr"));
        world.reply(phone, Map.of("revoke", Map.of("messageId", "wamid.r1"), "timestamp", at + 1));
        world.reply(phone, Map.of("reaction", Map.of("messageId", "wamid.r1", "emoji", "x")));
        world.awaitMessages(thread, 2);
        world.settle();
        assertThat(world.message(id)).isEqualTo(revoked);
        assertThat(world.number("select (select count(*) from events where state like '%regretted%')"
                        + " + (select count(*) from messages where payload::text like '%regretted%')"
                        + " + (select count(*) from callback_updates where body like '%regretted%')"))
                .isZero();
        assertThat(world.number("select count(*) from events where resource_id = '" + id
                        + "' and fields = '{payload,revokedAt}'"))
                .isEqualTo(1);
    }

    @Test
    void shouldLeaveOurOwnMessagesAloneWhenACandidateEditsThem() {
        String phone = world.phone();
        String thread = world.thread(phone);
        world.text(phone, "hello");
        String ours = sent(thread, phone, "ours");
        world.reply(phone, edit(providerId(phone), "theirs", Instant.now().getEpochSecond(), "wamid.editours"));
        world.reply(phone, Map.of("revoke", Map.of("messageId", providerId(phone))));
        world.settle();
        assertThat(textOf(world.message(ours))).isEqualTo("ours");
    }

    private static Map<String, Object> edit(String original, String text, long at, String id) {
        return Map.of("edit", Map.of("messageId", original, "text", text), "timestamp", at, "messageId", id);
    }

    private static String sent(String thread, String phone, String text) {
        await().until(() -> world.customer.windowIsOpen(thread));
        String id = world.sent(thread, Map.of("type", "text", "text", Map.of("value", text)));
        world.awaitMessage(
                id,
                message -> !message.path("attributes")
                        .path("deliveryStatus")
                        .asString()
                        .equals("accepted"));
        return id;
    }

    private static String providerId(String phone) {
        return world.ledger(phone).getLast().path("providerId").asString();
    }

    private static String context(JsonNode message) {
        return message.path("attributes")
                .path("payload")
                .path("context")
                .path("messageId")
                .asString("");
    }

    private static String textOf(JsonNode message) {
        return message.path("attributes")
                .path("payload")
                .path("text")
                .path("value")
                .asString("");
    }
}
