package dev.parley.server.kinds;

import static dev.parley.server.kinds.KindsTest.world;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import dev.parley.server.wiring.Samples;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A message of any kind can answer another one, in both directions; and one may be in doubt. */
abstract class Replies {

    private static final String CARD = """
            {"name":{"formatted_name":"Dr. Grace B. Hopper PhD","first_name":"Grace","middle_name":"B.","last_name":"Hopper",
            "prefix":"Dr.","suffix":"PhD"},"birthday":"1906-12-09","org":{"company":"Navy","department":"Computing",
            "title":"Admiral"},"phones":[{"phone":"+14155550829","type":"WORK","wa_id":"14155550829"}],
            "emails":[{"email":"grace@example.org","type":"WORK"}],"urls":[{"url":"https://example.org","type":"WORK"}],
            "addresses":[{"street":"1 Main St","city":"Arlington","state":"VA","zip":"22201","country":"United States",
            "country_code":"us","type":"HOME"}]}""".replace("\n", "");

    static Stream<Arguments> outbound() {
        return Stream.of(
                Arguments.of("image", file(Samples.picture("answer"), "a.png")),
                Arguments.of("video", file(Samples.mp4("isom", "vide", "answer"), "a.mp4")),
                Arguments.of("audio", file(Samples.opus("answer"), "a.ogg")),
                Arguments.of("document", file(Samples.pdf("answer"), "a.pdf")),
                Arguments.of(
                        "location",
                        "{\"latitude\":1.5,\"longitude\":2.5,\"name\":\"Office\",\"address\":\"1 Main St, Arlington\"}"),
                Arguments.of("contacts", "[" + CARD + "]"),
                Arguments.of(
                        "interactive",
                        "{\"type\":\"button\",\"body\":{\"text\":\"When?\"},\"footer\":{\"text\":\"Acme\"},\"action\":{\"buttons\":"
                                + "[{\"type\":\"reply\",\"reply\":{\"id\":\"b1\",\"title\":\"Monday\"}}]}}"));
    }

    private static String file(byte[] bytes, String name) {
        return "{\"data\":\"" + Base64.getEncoder().encodeToString(bytes) + "\",\"filename\":\"" + name + "\"}";
    }

    @ParameterizedTest
    @MethodSource("outbound")
    void shouldAnswerWithEachKind(String type, String content) {
        String phone = world.phone();
        String thread = talk(phone);
        String answered = world.messages(thread).getFirst().path("id").asString();
        ObjectNode payload = Json.MAPPER.createObjectNode().put("type", type);
        payload.set(type, Json.MAPPER.readTree(content));
        payload.putObject("context").put("messageId", answered);
        String id = world.sent(thread, map(payload));
        JsonNode shown = world.awaitMessage(id, message -> !status(message).equals("accepted"))
                .at("/attributes/payload");

        assertThat(shown.at("/context/messageId").asString()).isEqualTo(answered);
        assertThat(world.ledger(phone).getLast().at("/context/message_id").asString())
                .startsWith("wamid.");
        if (payload.at("/" + type + "/data").isMissingNode()) {
            assertThat(shown).isEqualTo(payload);
        }
    }

    static Stream<Arguments> inbound() {
        String sticker = Base64.getEncoder().encodeToString(Samples.picture("sticker"));
        return Stream.of(
                Arguments.of(
                        "sticker",
                        Map.of("media", Map.of("type", "sticker", "mimeType", "image/webp", "data", sticker))),
                Arguments.of("unsupported", Map.of("type", "hologram")),
                Arguments.of("reaction", Map.of("reaction", Map.of("messageId", "wamid.else", "emoji", "👍"))));
    }

    @ParameterizedTest
    @MethodSource("inbound")
    void shouldShowWhatACandidateAnswersWithEachKind(String type, Map<String, Object> what) {
        String phone = world.phone();
        String thread = world.thread(phone);
        String first = world.text(phone, "first");
        Map<String, Object> answer = new HashMap<>(what);
        answer.put("replyTo", first);
        world.reply(phone, answer);
        List<JsonNode> messages = world.awaitMessages(thread, 2);
        JsonNode payload = messages.get(1).at("/attributes/payload");
        assertThat(payload.path("type").asString()).isEqualTo(type);
        assertThat(payload.at("/context/messageId").asString())
                .isEqualTo(messages.getFirst().path("id").asString());
    }

    static Stream<Arguments> whole() {
        return Stream.of(
                Arguments.of(
                        Map.of(
                                "location",
                                Map.of(
                                        "latitude",
                                        52.5,
                                        "longitude",
                                        -13.25,
                                        "name",
                                        "Gate",
                                        "address",
                                        "Pariser Platz",
                                        "url",
                                        "https://example.org/gate")),
                        "{\"type\":\"location\",\"location\":{\"latitude\":52.5,\"longitude\":-13.25,\"name\":\"Gate\","
                                + "\"address\":\"Pariser Platz\",\"url\":\"https://example.org/gate\"}}"),
                Arguments.of(
                        Map.of("contacts", List.of(map(Json.MAPPER.readTree(CARD)))),
                        "{\"type\":\"contacts\",\"contacts\":[" + CARD + "]}"),
                Arguments.of(
                        Map.of("formReply", Map.of("name", "flow", "body", "Sent", "response_json", "{\"a\":1}")),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"form_reply\",\"form_reply\":{\"name\":\"flow\","
                                + "\"body\":\"Sent\",\"answers\":{\"a\":1}}}}"),
                Arguments.of(
                        Map.of(
                                "order",
                                Map.of(
                                        "catalog_id",
                                        "c1",
                                        "text",
                                        "Please",
                                        "product_items",
                                        List.of(Map.of("product_retailer_id", "p1", "quantity", 2)))),
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"order\",\"order\":{\"catalogId\":\"c1\","
                                + "\"text\":\"Please\",\"items\":[{\"productId\":\"p1\",\"quantity\":2}]}}}"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void shouldShowAllThatTheProviderTells(Map<String, ?> what, String payload) {
        String phone = world.phone();
        String thread = world.thread(phone);
        world.reply(phone, what);
        JsonNode message = world.awaitMessages(thread, 1).getFirst();
        assertThat(message.at("/attributes/payload")).isEqualTo(Json.MAPPER.readTree(payload));
    }

    @Test
    void shouldSayThatNobodyKnowsWhatBecameOfASend() {
        String phone = world.phone();
        String thread = talk(phone);
        Map<String, ?> rule = Map.of(
                "on", "messages", "to", phone, "effects", Map.of("acceptThenCut", Map.of(), "loseCallbacks", Map.of()));
        world.server.control("/faults", Map.of("rules", List.of(rule)));
        String id = world.sent(thread, Map.of("type", "text", "text", Map.of("value", "did it come?")));
        JsonNode doubtful =
                world.awaitMessage(id, message -> message.path("meta").has("inDoubtSince"));
        assertThat(status(doubtful)).isEqualTo("accepted");
    }

    @AfterEach
    void endFaults() {
        world.server.control("/faults", Map.of("rules", List.of()));
    }

    private static Map<String, Object> map(JsonNode node) {
        return Json.MAPPER.convertValue(node, new TypeReference<Map<String, Object>>() {});
    }

    private static String talk(String phone) {
        String thread = world.thread(phone);
        world.text(phone, "hello");
        await().until(() -> world.customer.windowIsOpen(thread));
        world.awaitMessages(thread, 1);
        return thread;
    }

    private static String status(JsonNode message) {
        return message.at("/attributes/deliveryStatus").asString();
    }
}
