package dev.parley.server.platform.jsonapi;

import static dev.parley.server.platform.jsonapi.ToyServer.document;
import static dev.parley.server.platform.jsonapi.ToyServer.errors;
import static dev.parley.server.platform.jsonapi.ToyServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class WritingTest {

    private static final String OWNER = "0197a000-0000-7000-8000-00000000000a";
    private static final String OTHER = "0197a000-0000-7000-8000-00000000000b";
    private static final String A = "/data/attributes/";
    private static final String R = "/data/relationships/";

    private ToyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ToyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> create(String attributes) {
        return server.postAttributes("\"ownerId\":\"" + OWNER + "\"," + attributes);
    }

    private Write written(String attributes) {
        HttpResponse<String> answer = create(attributes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return server.toys.lastWrite;
    }

    private HttpResponse<String> patch(String members) {
        UUID id = UUID.fromString(OTHER);
        if (!server.toys.stored.containsKey(id)) {
            server.post(
                    document("\"id\":\"" + OTHER + "\",\"attributes\":{\"name\":\"n\",\"ownerId\":\"" + OWNER + "\"}"));
        }
        return server.send("PATCH", ToyServer.PATH + "/" + OTHER, document(members));
    }

    @Test
    void handsTypedValuesOver() {
        Write write = written("""
                "name":"Käfer","wheels":4,"broken":true,"soldAt":"2024-05-07T16:20:46.5+02:00","size":"large",
                "box":{"a":[1]},"labels":{"k":"v"},"page":"https://example.org/a?b","password":"pw","plate":"P-1"
                """);
        assertThat(write.text("name")).isEqualTo("Käfer");
        assertThat(write.whole("wheels")).isEqualTo(4);
        assertThat(write.bool("broken")).isTrue();
        assertThat(write.time("soldAt")).isEqualTo(Instant.parse("2024-05-07T14:20:46.5Z"));
        assertThat(write.text("size")).isEqualTo("LARGE");
        assertThat(write.object("box").toString()).isEqualTo("{\"a\":[1]}");
        assertThat(write.object("labels").get("k").stringValue()).isEqualTo("v");
        assertThat(write.url("page")).isEqualTo(URI.create("https://example.org/a?b"));
        assertThat(write.text("password")).isEqualTo("pw");
        assertThat(write.value("plate", Toys.Plate.class)).isEqualTo(new Toys.Plate("P-1"));
        assertThat(write.uuid("ownerId")).hasToString(OWNER);
        assertThat(write.has("garageId")).isFalse();
        assertThat(write.id()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | \"\"",
                "name | \"12345678901\"",
                "name | 5",
                "name | null",
                "wheels | 9",
                "wheels | -1",
                "wheels | 1.5",
                "wheels | \"4\"",
                "wheels | 99999999999999999999",
                "broken | \"true\"",
                "soldAt | \"2024-05-07\"",
                "soldAt | \"2024-05-07T14:20:46\"",
                "soldAt | \"+12024-05-07T14:20:46Z\"",
                "soldAt | 1",
                "size | \"medium\"",
                "box | []",
                "labels | {\"k\":1}",
                "page | \"ftp://example.org\"",
                "page | \"https://user@example.org\"",
                "page | \"/relative\"",
                "page | \"https://exa mple.org\"",
                "ownerId | \"x\"",
                "garageId | 7",
            })
    void refusesEachWrongValueByItsPointer(String name, String value) {
        HttpResponse<String> answer =
                server.postAttributes((name.equals("ownerId") ? "" : "\"ownerId\":\"" + OWNER + "\",")
                        + (name.equals("name") ? "" : "\"name\":\"n\",") + "\"" + name + "\":" + value);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(errors(answer).getFirst()).startsWith("422 invalid_value " + A + name);
        assertThat(errors(answer)).hasSize(1);
    }

    @Test
    void countsCodePoints() {
        assertThat(create("\"name\":\"" + "😀".repeat(10) + "\"").statusCode()).isEqualTo(201);
        assertThat(create("\"name\":\"" + "😀".repeat(11) + "\"").statusCode()).isEqualTo(422);
    }

    @Test
    void reportsEveryProblemOfOneWrite() {
        HttpResponse<String> answer = server.post(document("""
                "attributes":{"wheels":3,"broken":1,"colour":"red","nmae":"x","plate":"X"},
                "relationships":{"ownr":{"data":null},"garage":{"data":{"type":"toyCars","id":"%s"}}}
                """.formatted(OTHER)));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(errors(answer))
                .containsExactlyInAnyOrder(
                        "422 invalid_value " + A + "broken",
                        "422 invalid_value " + A + "plate/deep",
                        "422 invalid_value " + A + "plate",
                        "422 unknown_attribute " + A + "colour",
                        "422 unknown_attribute " + A + "nmae",
                        "422 unknown_relationship " + R + "ownr",
                        "422 invalid_value " + R + "garage/data/type",
                        "422 missing_member /data/attributes",
                        "422 missing_member /data/attributes",
                        "422 invalid_value " + A + "wheels");
        assertThat(answer.body())
                .contains("Did you mean name?")
                .contains("Did you mean owner?")
                .contains("Wheels come in pairs.")
                .contains("the attribute ownerId or the relationship owner")
                .contains("\"meta\":{\"requestId\":\"id\"}");
    }

    @Test
    void namesWhatIsMissingOfTheDocument() {
        assertThat(errors(server.post("{}"))).containsExactly("422 missing_member ");
        assertThat(errors(server.post("[]"))).containsExactly("400 malformed_json ");
        assertThat(errors(server.post("{\"data\":[]}"))).containsExactly("422 invalid_value /data");
        assertThat(errors(server.post("{\"data\":{}}")))
                .containsExactly("422 missing_member /data", "422 missing_member /data", "422 missing_member /data");
        assertThat(errors(server.post("{\"data\":{\"type\":\"toyCars\",\"attributes\":1},\"dta\":1}")))
                .contains("422 unknown_attribute /dta", "422 invalid_value /data/attributes");
        assertThat(errors(server.post(document("\"name\":\"n\"")))).contains("422 unknown_attribute /data/name");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThat(errors(server.post("{\"data\":"))).containsExactly("400 malformed_json");
        assertThat(errors(server.post("{} {}"))).containsExactly("400 malformed_json");
        assertThat(errors(server.post(" "))).containsExactly("400 malformed_json");
        assertThat(errors(server.send("POST", ToyServer.PATH, null))).containsExactly("400 malformed_json");
        String deepest = "{\"data\":{\"type\":\"toyCars\",\"attributes\":{\"ownerId\":\"" + OWNER
                + "\",\"name\":\"n\",\"box\":{\"a\":" + "[".repeat(28) + "]".repeat(28) + "}}}}";
        assertThat(server.post(deepest).statusCode()).isEqualTo(201);
        assertThat(errors(server.post(deepest.replace("[[", "[[[").replace("]]", "]]]"))))
                .containsExactly("400 too_deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud83d", "\\ude00", "\\ude00\\ud83d"})
    void refusesTextThatNoDatabaseStores(String bad) {
        assertThat(errors(create("\"name\":\"a" + bad + "\""))).contains("422 invalid_value " + A + "name");
        assertThat(errors(create("\"name\":\"n\",\"box\":{\"x\":[1,{\"y\":\"" + bad + "\"}]}")))
                .containsExactly("422 invalid_value " + A + "box/x/1/y");
        // The parser itself refuses a name with half a pair.
        assertThat(errors(create("\"name\":\"n\",\"box\":{\"" + bad + "\":1}")))
                .containsExactly(bad.equals("\\u0000") ? "422 invalid_value " + A + "box" : "400 malformed_json");
        assertThat(create("\"name\":\"\\ud83d\\ude00\"").statusCode()).isEqualTo(201);
    }

    @Test
    void takesOtherSpellings() {
        assertThat(written("\"title\":\"t\"").text("name")).isEqualTo("t");
        Write nested = written("\"box\":{\"title\":\"t\",\"b\":1}");
        assertThat(nested.text("name")).isEqualTo("t");
        assertThat(nested.pointer("name")).isEqualTo(A + "box/title");
        assertThat(nested.object("box").has("title")).isFalse();
        assertThat(written("\"name\":\"t\",\"title\":\"t\"").text("name")).isEqualTo("t");
        assertThat(errors(create("\"name\":\"t\",\"title\":\"u\"")))
                .containsExactly("422 invalid_value " + A + "title");
    }

    @Test
    void leavesReadOnlyMembersOutAndNamesThem() {
        HttpResponse<String> answer = server.post(document("""
                "attributes":{"name":"n","ownerId":"%s","createdAt":"2024-05-07T14:20:46+00:00","parts":[1],"makerId":null},
                "relationships":{"organization":{"data":{"type":"organizations","id":"%s"}},"maker":{"data":null},
                "races":{"links":{"related":"/x"}}},"links":{"self":"/x"},"meta":{"version":3}
                """.formatted(OWNER, OTHER)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(json(answer).get("meta").get("ignored").toString())
                .isEqualTo("[\"parts\",\"createdAt\",\"makerId\",\"organization\",\"maker\"]");
        assertThat(errors(create("\"name\":\"n\",\"createdAt\":5,\"parts\":{}")))
                .containsExactlyInAnyOrder("422 invalid_value " + A + "createdAt", "422 invalid_value " + A + "parts");
    }

    @Test
    void tellsNullFromAbsentOnPatchAlone() {
        Write created = written("\"name\":\"n\",\"wheels\":null,\"broken\":null");
        assertThat(created.has("wheels")).isFalse();
        assertThat(patch("\"attributes\":{\"wheels\":null}").statusCode()).isEqualTo(200);
        assertThat(server.toys.lastWrite.has("wheels")).isTrue();
        assertThat(server.toys.lastWrite.whole("wheels")).isNull();
        assertThat(server.toys.lastWrite.has("name")).isFalse();
        assertThat(errors(patch("\"attributes\":{\"name\":null,\"broken\":null,\"ownerId\":null}")))
                .containsExactlyInAnyOrder(
                        "422 invalid_value " + A + "name",
                        "422 invalid_value " + A + "broken",
                        "422 invalid_value " + A + "ownerId");
    }

    @Test
    void masksSecretsAndTakesTheMaskForNoChange() {
        HttpResponse<String> answer = create("\"name\":\"n\",\"password\":\"pw\"");
        assertThat(json(answer).at("/data/attributes/password").stringValue()).isEqualTo("***");
        assertThat(json(create("\"name\":\"n\""))
                        .at("/data/attributes/password")
                        .isNull())
                .isTrue();
        patch("\"attributes\":{\"password\":\"***\"}");
        assertThat(server.toys.lastWrite.has("password")).isFalse();
        patch("\"attributes\":{\"password\":null}");
        assertThat(server.toys.lastWrite.has("password")).isTrue();
    }

    @Test
    void takesARelationshipInPlaceOfItsAttribute() {
        String linkage = "{\"type\":\"toyOwners\",\"id\":\"" + OWNER + "\"}";
        for (String data : new String[] {linkage, "[" + linkage + "]"}) {
            HttpResponse<String> answer = server.post(
                    document("\"attributes\":{\"name\":\"n\"},\"relationships\":{\"owner\":{\"data\":" + data + "}}"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(server.toys.lastWrite.uuid("ownerId")).hasToString(OWNER);
        }
        assertThat(server.toys.lastWrite.pointer("ownerId")).isEqualTo(R + "owner/data/0/id");
        patch("\"relationships\":{\"garage\":{\"data\":[]}}");
        assertThat(server.toys.lastWrite.has("garageId")).isTrue();
        assertThat(server.toys.lastWrite.uuid("garageId")).isNull();
    }

    @Test
    void refusesARelationshipThatContradicts() {
        String both = "\"attributes\":{\"name\":\"n\",\"ownerId\":\"%s\"},\"relationships\":{\"owner\":{\"data\":"
                + "{\"type\":\"toyOwners\",\"id\":\"" + OWNER + "\"}}}";
        assertThat(server.post(document(both.formatted(OWNER))).statusCode()).isEqualTo(201);
        assertThat(errors(server.post(document(both.formatted(OTHER)))))
                .containsExactly("422 relationship_mismatch " + R + "owner");
        String wrong = "\"attributes\":{\"name\":\"n\"},\"relationships\":{\"owner\":%s}";
        assertThat(errors(server.post(document(wrong.formatted("1")))))
                .containsExactly("422 invalid_value " + R + "owner");
        assertThat(errors(server.post(document(wrong.formatted("{\"data\":[{},{}]}")))))
                .containsExactly("422 invalid_value " + R + "owner/data");
        assertThat(errors(server.post(document(wrong.formatted("{\"data\":{\"type\":\"toyOwners\",\"id\":\"x\"}}")))))
                .containsExactly("422 invalid_value " + R + "owner/data/id");
        assertThat(errors(patch("\"relationships\":{\"owner\":{\"data\":null}}")))
                .containsExactly("422 invalid_value " + R + "owner/data");
    }

    @Test
    void comparesTypeAndId() {
        assertThat(errors(server.post("{\"data\":{\"type\":\"cars\",\"attributes\":{\"x\":1}}}")))
                .containsExactly("409 type_mismatch /data/type");
        assertThat(errors(server.post(
                        document("\"id\":\"x\",\"attributes\":{\"name\":\"n\",\"ownerId\":\"" + OWNER + "\"}"))))
                .containsExactly("422 invalid_value /data/id");
        assertThat(patch("\"id\":\"" + OTHER + "\"").statusCode()).isEqualTo(200);
        assertThat(patch("\"attributes\":{}").statusCode()).isEqualTo(200);
        assertThat(errors(patch("\"id\":\"" + OWNER + "\""))).containsExactly("409 id_mismatch /data/id");
        assertThat(server.send("PATCH", ToyServer.PATH + "/nonsense", document("\"attributes\":{}"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.send("DELETE", ToyServer.PATH + "/nonsense", null).statusCode())
                .isEqualTo(404);
    }
}
