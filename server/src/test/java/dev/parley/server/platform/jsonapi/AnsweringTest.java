package dev.parley.server.platform.jsonapi;

import static dev.parley.server.platform.jsonapi.ToyServer.document;
import static dev.parley.server.platform.jsonapi.ToyServer.errors;
import static dev.parley.server.platform.jsonapi.ToyServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class AnsweringTest {

    private static final String OWNER = "0197a000-0000-7000-8000-00000000000a";
    private static final String ID = "0197a000-0000-7000-8000-00000000000b";
    private static final String CAR =
            document("\"id\":\"" + ID + "\",\"attributes\":{\"name\":\"n\",\"ownerId\":\"" + OWNER + "\"}");

    private ToyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ToyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersACreateWithTheWholeResource() {
        HttpResponse<String> answer = server.post(CAR);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains(ToyServer.PATH + "/" + ID);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.api+json");
        assertThat(answer.headers().firstValue("Vary")).contains("Accept");
        assertThat(answer.body()).isEqualTo("""
                {"jsonapi":{"version":"1.1"},"data":{"type":"toyCars","id":"ID","attributes":{"name":"n","wheels":null,\
                "broken":null,"soldAt":null,"size":null,"box":{"raw":[1,2]},"labels":null,"page":null,"password":null,\
                "plate":null,"parts":null,"createdAt":"2024-05-07T14:20:46+00:00","ownerId":"OWNER","garageId":null,\
                "makerId":null},"relationships":{"organization":{"links":{"related":"/public/v2/organizations/ORG"},\
                "data":{"type":"organizations","id":"ORG"}},"owner":{"links":{"related":"/public/v2/toy-owners/OWNER"},\
                "data":{"type":"toyOwners","id":"OWNER"}},"garage":{"data":null},\
                "maker":{"data":null},"races":{"links":{"related":\
                "/public/v2/toy-races?filter%5BcarId%5D=ID"}}},"links":{"self":"/public/v2/toy-cars/ID"},\
                "meta":{"version":1}}}""".replace("ID\"", ID + "\"")
                .replace("OWNER", OWNER)
                .replace("ORG", ToyServer.ORGANIZATION.toString()));
        assertThat(json(server.get(ToyServer.PATH + "/" + ID)).get("data"))
                .isEqualTo(json(answer).get("data"));
    }

    @Test
    void answersUpdateDeleteAndWhatIsMissing() {
        server.post(CAR);
        String path = ToyServer.PATH + "/" + ID;
        assertThat(server.send("PATCH", path, CAR).statusCode()).isEqualTo(200);
        HttpResponse<String> deleted = server.send("DELETE", path, null);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        HttpResponse<String> gone = server.get(path);
        assertThat(gone.statusCode()).isEqualTo(404);
        String never = server.get(ToyServer.PATH + "/" + UUID.randomUUID()).body();
        assertThat(gone.body()).isEqualTo(never);
        assertThat(errors(server.get(ToyServer.PATH + "/x"))).containsExactly("404 not_found");
        assertThat(server.send("PUT", path, CAR).headers().firstValue("Allow"))
                .contains("GET, PATCH, DELETE, HEAD, OPTIONS");
    }

    @Test
    void answersEachResultOfAWrite() {
        server.toys.next = Toys.busy();
        HttpResponse<String> busy = server.post(CAR);
        assertThat(errors(busy)).containsExactly("429 queue_full");
        assertThat(busy.headers().firstValue("Retry-After")).contains("2");
        server.toys.next = WriteResult.refused(
                Problem.at(ProblemCode.RELATED_NOT_FOUND, "/data/attributes/ownerId", "x"),
                Problem.of(ProblemCode.ID_TAKEN, "y"));
        assertThat(server.post(CAR).statusCode()).isEqualTo(422);
        server.toys.next = WriteResult.refused(Problem.of(ProblemCode.ID_TAKEN, "y"));
        assertThat(server.post(CAR).statusCode()).isEqualTo(409);
        server.toys.next = null;
        server.post(CAR);
        Resource car = server.toys.stored.values().iterator().next();
        server.toys.next = new WriteResult.Existing(car);
        assertThat(server.post(CAR).statusCode()).isEqualTo(200);
        server.toys.next = new WriteResult.Replayed(new WriteResult.Created(car));
        HttpResponse<String> replayed = server.post(CAR);
        assertThat(replayed.statusCode()).isEqualTo(201);
        assertThat(replayed.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(replayed.headers().firstValue("Location")).isPresent();
        server.toys.next = new WriteResult.Kept(422, null, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(server.post(CAR).body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.api+json | 201",
                "application/vnd.api+json; charset=utf-8 | 415",
                "application/vnd.api+json; ext=\"https://example.org/unknown\" | 415",
                "application/vnd.api+json; profile=\"https://example.org/x\" | 201",
                "application/vnd.api+json; profile=\"a;b\"; charset=utf-8 | 415",
                "Application/JSON | 201",
                "application/json; charset=UTF-8 | 201",
                "application/json; charset=latin1 | 415",
                "text/plain | 415",
                "nonsense | 415",
            })
    void readsBodiesOfTheRightMediaTypes(String type, int status) {
        assertThat(server.post(CAR, "Content-Type", type).statusCode()).isEqualTo(status);
        assertThat(server.send("PATCH", ToyServer.PATH + "/" + ID, CAR, "Content-Type", type)
                        .statusCode())
                .isEqualTo(status == 201 ? 200 : status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | 200 | application/vnd.api+json",
                "application/* | 200 | application/vnd.api+json",
                "application/json | 200 | application/json",
                "application/json, */*;q=0.1 | 200 | application/vnd.api+json",
                "application/vnd.api+json; charset=utf-8 | 406 |",
                "application/vnd.api+json; charset=utf-8, */* | 406 |",
                "application/vnd.api+json; charset=utf-8, application/vnd.api+json | 200 | application/vnd.api+json",
                "application/vnd.api+json; ext=\"https://example.org/unknown\" | 406 |",
                "application/vnd.api+json; profile=\"https://example.org/x, y\" | 200 | application/vnd.api+json",
                "application/vnd.api+json; q=0.5 | 200 | application/vnd.api+json",
                "application/vnd.api+json; q=0 | 406 |",
                "text/html | 406 |",
                "text/html, */*;q=0 | 406 |",
                "text/html, application/xhtml+xml, */*;q=0.8 | 200 | application/vnd.api+json",
            })
    void answersInAnAcceptableMediaType(String accept, int status, String type) {
        HttpResponse<String> answer = server.send("GET", ToyServer.PATH, null, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains(type == null ? "application/vnd.api+json" : type);
        if (status == 406) {
            assertThat(errors(answer)).containsExactly("406 not_acceptable Accept");
        }
    }

    @Test
    void unquotesAKeyAndTakesTheFingerprintOfTheBody() {
        server.post(CAR, "Idempotency-Key", "\"key 1\"");
        assertThat(server.toys.lastContext.idempotencyKey()).isEqualTo("key 1");
        byte[] first = server.toys.lastContext.bodySha256();
        server.post(CAR, "Idempotency-Key", "bare");
        assertThat(server.toys.lastContext.idempotencyKey()).isEqualTo("bare");
        assertThat(server.toys.lastContext.bodySha256()).isEqualTo(first);
        assertThat(HexFormat.of().formatHex(first)).hasSize(64);
        server.post(CAR + " ");
        assertThat(server.toys.lastContext.bodySha256()).isNotEqualTo(first);
        assertThat(server.toys.lastContext.idempotencyKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "\"\"", "a\tb"})
    void refusesMalformedKeys(String key) {
        assertThat(errors(server.post(CAR, "Idempotency-Key", key)))
                .containsExactly("400 invalid_header Idempotency-Key");
        assertThat(errors(server.post(CAR, "Idempotency-Key", "x".repeat(256))))
                .containsExactly("400 invalid_header Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flows", "flow-runs/x", "flow-generations", "vacancies/1/y", "schedules"})
    void saysWhatIsNotServed(String path) {
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            assertThat(errors(server.send(method, "/public/v2/" + path, null))).containsExactly("404 not_served");
        }
    }

    @Test
    void echoesNamesInAFormThatCanBeWritten() {
        HttpResponse<String> answer =
                server.post(document("\"attributes\":{\"\\u0000\\u0007" + "x".repeat(5_000) + "\":1}"));
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode errors = json(answer).get("errors");
        errors.forEach(error -> assertThat(error.get("detail").stringValue()).hasSizeLessThan(600));
    }
}
