package dev.parley.server.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Capabilities;
import dev.parley.connector.Capabilities.Evidence;
import dev.parley.connector.Capabilities.Feature;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be written as a payload: each limit just kept and just broken, and wrong shapes. */
final class PayloadKindsTest {

    private static final String ID = "0199a000-0000-7000-8000-000000000001";
    private static final ChannelRule EVERYTHING = rule(EnumSet.allOf(Feature.class));
    private static final ChannelRule TEXT_ALONE = rule(Set.of());

    private final Payloads payloads = new Payloads(
            List.of(new LocationPayload(), new ContactsPayload(), new ReactionPayload(), new InteractivePayload()));

    private static ChannelRule rule(Set<Feature> features) {
        return new ChannelRule(
                "sms", new Capabilities(null, 4_096, 1, null, Evidence.NONE, InDoubt.FAIL, true, Map.of(), features));
    }

    @Test
    void shouldKnowTheLimitsOfAPrompt() {
        for (String name : List.of("header", "body", "footer")) {
            int most = name.equals("body") ? 1_024 : 60;
            for (int length : new int[] {most, most + 1}) {
                String part = "\"" + name + "\":{\"text\":\"" + "x".repeat(length) + "\"}";
                String others = name.equals("body") ? part : part + ",\"body\":{\"text\":\"b\"}";
                String json = buttons(button("1", "a")).replace("\"body\":{\"text\":\"b\"}", others);
                expect(json, length <= most, "/interactive/" + name + "/text", most);
            }
        }
    }

    @Test
    void shouldKnowTheLimitsOfButtons() {
        expect(buttons(button("x".repeat(256), "x".repeat(20))), true, "", 0);
        expect(buttons(button("x".repeat(257), "a")), false, "/interactive/action/buttons/0/reply/id", 256);
        expect(buttons(button("1", "x".repeat(21))), false, "/interactive/action/buttons/0/reply/title", 20);
        expect(
                buttons(IntStream.range(0, 3)
                        .mapToObj(i -> button("" + i, "t" + i))
                        .collect(Collectors.joining(","))),
                true,
                "",
                0);
        expect(
                buttons(IntStream.range(0, 4)
                        .mapToObj(i -> button("" + i, "t" + i))
                        .collect(Collectors.joining(","))),
                false,
                "/interactive/action/buttons",
                3);
        expect(buttons(button("1", "a") + "," + button("1", "b")), false, "/interactive/action/buttons/1/reply/id", -1);
        expect(
                buttons(button("1", "a") + "," + button("2", "a")),
                false,
                "/interactive/action/buttons/1/reply/title",
                -1);
        expect(buttons(""), false, "/interactive/action/buttons", -1);
    }

    @Test
    void shouldKnowTheLimitsOfAList() {
        expect(list("b".repeat(20), section(null, row("r".repeat(200), "t".repeat(24), "d".repeat(72)))), true, "", 0);
        expect(list("b".repeat(21), section(null, row("r", "t", "d"))), false, "/interactive/action/button", 20);
        String rows = "/interactive/action/sections/0/rows/0/";
        expect(list("b", section(null, row("r".repeat(201), "t", "d"))), false, rows + "id", 200);
        expect(list("b", section(null, row("r", "t".repeat(25), "d"))), false, rows + "title", 24);
        expect(list("b", section(null, row("r", "t", "d".repeat(73)))), false, rows + "description", 72);
        expect(list("b", section("s".repeat(24), row("r", "t", "d"))), true, "", 0);
        expect(
                list("b", section("s".repeat(25), row("r", "t", "d"))),
                false,
                "/interactive/action/sections/0/title",
                24);
        expect(list("b", section("a", rows(0, 5)) + "," + section("b", rows(5, 10))), true, "", 0);
        expect(
                list("b", section("a", rows(0, 5)) + "," + section("b", rows(5, 11))),
                false,
                "/interactive/action/sections",
                10);
        expect(
                list("b", section("a", rows(0, 1)) + "," + section(null, rows(1, 2))),
                false,
                "/interactive/action/sections/1",
                -1);
        expect(
                list("b", section("a", rows(0, 1)) + "," + section("b", rows(0, 1))),
                false,
                "/interactive/action/sections/1/rows/0/id",
                -1);
        String body = list("b", section(null, rows(0, 1)));
        expect(body.replace("\"text\":\"b\"", "\"text\":\"" + "x".repeat(4096) + "\""), true, "", 0);
        expect(
                body.replace("\"text\":\"b\"", "\"text\":\"" + "x".repeat(4097) + "\""),
                false,
                "/interactive/body/text",
                4096);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"location\",\"location\":{\"latitude\":-90,\"longitude\":180,\"name\":\"x\",\"address\":\"y\"}}",
                "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"A\"},\"phones\":[{\"phone\":\"1\"}],\"birthday\":\"2000-02-29\"}]}",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID + "\",\"emoji\":\"👩🏽‍🚀\"}}",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID + "\",\"emoji\":\"❤️\"}}",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID + "\",\"emoji\":\"🇳🇱\"}}",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID + "\",\"emoji\":\"\"}}",
                "{\"type\":\"Interactive\",\"interactive\":{\"type\":\"Location_Request_Message\",\"body\":{\"text\":\"b\"}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"cta_url\",\"body\":{\"text\":\"b\"},\"action\":{\"parameters\":{\"display_text\":\"Open\",\"url\":\"https://a.example/?x=1\"}}}}",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"location_request_message\",\"body\":{\"text\":\"b\"}}}",
                "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":{\"messageId\":\"" + ID + "\"}}",
                "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":null}"
            })
    void shouldTakeWhatCanBeSent(String json) {
        Payload payload = read(json);
        assertThat(payload.problems()).isEmpty();
        assertThat(payload.fit().problems(EVERYTHING)).isEmpty();
        boolean plain = json.contains("\"context\":null");
        assertThat(payload.fit().problems(TEXT_ALONE).isEmpty()).isEqualTo(plain);
        assertThat(payloads.content(payload.json(), id -> "provider-id")).isNotNull();
        assertThat(payloads.content(payload.json(), id -> null) == null).isEqualTo(json.contains("messageId"));
        // What is read may be sent back.
        assertThat(read(payload.json()).equalTo(payload.json())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"type\":\"location\"}|/p",
                "{\"type\":\"location\",\"location\":null}|/p/location",
                "{\"type\":\"location\",\"location\":[1]}|/p/location",
                "{\"type\":\"location\",\"location\":{\"latitude\":90.1,\"longitude\":1}}|/p/location/latitude",
                "{\"type\":\"location\",\"location\":{\"latitude\":1}}|/p/location",
                "{\"type\":\"location\",\"location\":{\"latitude\":1,\"longitude\":null}}|/p/location/longitude",
                "{\"type\":\"location\",\"location\":{\"latitude\":\"1\",\"longitude\":1}}|/p/location/latitude",
                "{\"type\":\"location\",\"location\":{\"latitude\":1,\"longitude\":1,\"x\":1}}|/p/location/x",
                "{\"type\":\"contacts\"}|/p",
                "{\"type\":\"contacts\",\"contacts\":[]}|/p/contacts",
                "{\"type\":\"contacts\",\"contacts\":[{\"phones\":[]}]}|/p/contacts/0",
                "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"first_name\":\"A\"}}]}|/p/contacts/0/name",
                "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"A\"},\"birthday\":\"2001-02-29\"}]}|/p/contacts/0/birthday",
                "{\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"A\"},\"emails\":[{\"x\":\"1\"}]}]}|/p/contacts/0/emails/0/x",
                "{\"type\":\"reaction\"}|/p",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"x\",\"emoji\":\"\"}}|/p/reaction/messageId",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID + "\"}}|/p/reaction",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID
                        + "\",\"emoji\":\"👍👍\"}}|/p/reaction/emoji",
                "{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID
                        + "\",\"emoji\":\"ok\"}}|/p/reaction/emoji",
                "{\"type\":\"interactive\"}|/p",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"hologram\"}}|/p/interactive/type",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"b\"}}}|/p/interactive",
                "{\"type\":\"interactive\",\"interactive\":{}}|/p/interactive",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"cta_url\",\"body\":{\"text\":\"b\"},\"action\":{\"parameters\":{\"display_text\":\"x\",\"url\":\"ftp://a\"}}}}|/p/interactive/action/parameters/url",
                "{\"type\":\"interactive\",\"interactive\":{\"type\":\"location_request_message\",\"body\":{\"text\":\"b\"},\"footer\":{\"text\":\"b\"}}}|/p/interactive/footer",
                "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":{\"messageId\":7}}|/p/context/messageId",
                "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":{}}|/p/context",
                "{\"type\":\"text\",\"text\":{\"value\":\"x\"},\"context\":\"" + ID + "\"}|/p/context"
            })
    void shouldNameWhatIsWrong(String json, String pointer) {
        assertThat(read(json).problems()).extracting(PayloadKindsTest::pointer).contains(pointer);
    }

    @Test
    void shouldTake257ContactsAndNoMore() {
        String card = "{\"name\":{\"formatted_name\":\"A\"}}";
        String many = String.join(",", Collections.nCopies(257, card));
        assertThat(read("{\"type\":\"contacts\",\"contacts\":[" + many + "]}").problems())
                .isEmpty();
        assertThat(read("{\"type\":\"contacts\",\"contacts\":[" + many + "," + card + "]}")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("257"));
    }

    @Test
    void shouldSayWhichMessagesAPayloadNames() {
        Payload payload = read("{\"type\":\"reaction\",\"reaction\":{\"messageId\":\"" + ID
                + "\",\"emoji\":\"\"},\"context\":{\"messageId\":\"" + ID + "\"}}");
        assertThat(payload.fit().references())
                .extracting(MessageReference::pointer)
                .containsExactly("/p/reaction/messageId", "/p/context/messageId");
        assertThat(payloads.references(payload.json())).hasSize(1);
    }

    private void expect(String json, boolean good, String pointer, int limit) {
        List<Problem> problems = read(json).problems();
        if (good) {
            assertThat(problems).as(json).isEmpty();
        } else {
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(pointer(problem)).isEqualTo("/p" + pointer);
                assertThat(problem.detail()).contains(limit < 0 ? "." : Integer.toString(limit));
            });
        }
    }

    private Payload read(String json) {
        return (Payload) ((Parsed.Value) payloads.parse(Json.MAPPER.readTree(json), "/p")).value();
    }

    private static String pointer(Problem problem) {
        return problem.source() instanceof Problem.Source.Pointer(String pointer) ? pointer : "";
    }

    private static String buttons(String buttons) {
        return "{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"b\"},\"action\":{\"buttons\":["
                + buttons + "]}}}";
    }

    private static String button(String id, String title) {
        return "{\"type\":\"reply\",\"reply\":{\"id\":\"" + id + "\",\"title\":\"" + title + "\"}}";
    }

    private static String list(String button, String sections) {
        return "{\"type\":\"interactive\",\"interactive\":{\"type\":\"list\",\"body\":{\"text\":\"b\"},\"action\":{\"button\":\""
                + button + "\",\"sections\":[" + sections + "]}}}";
    }

    private static String section(@Nullable String title, String rows) {
        return "{" + (title == null ? "" : "\"title\":\"" + title + "\",") + "\"rows\":[" + rows + "]}";
    }

    private static String row(String id, String title, String description) {
        return "{\"id\":\"" + id + "\",\"title\":\"" + title + "\",\"description\":\"" + description + "\"}";
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> row("r" + i, "t", "d")).collect(Collectors.joining(","));
    }
}
