package dev.parley.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.Reachable.Operation;
import dev.parley.server.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What counts as documented, what as reached, and what the judge says of the difference. */
class ReachedTest {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("""
            paths:
              /cats:
                parameters: [{name: page, in: query}, {name: X-Request-Id, in: header}]
                get:
                  parameters: [{name: If-None-Match, in: header}]
                  responses:
                    "200":
                      content:
                        application/json:
                          schema:
                            type: object
                            properties:
                              data: {type: array, items: {$ref: "#/components/schemas/Cat"}}
                    "404": {description: None.}
                    "415": {description: Not that type.}
                    "500": {description: Broken.}
            components:
              schemas:
                Cat:
                  properties:
                    name: {type: string}
                    kittens: {type: array, items: {$ref: "#/components/schemas/Cat"}}
                  oneOf:
                    - {properties: {kind: {const: wild}, range: {type: integer}}, required: [kind]}
                    - {properties: {kind: {const: tame}, home: {type: [object, "null"], properties: {door: {type: string}}}}}
            """);

    private final Reachable reachable = new Reachable(DOCUMENT);
    private final Operation list =
            new Operation(DOCUMENT.path("/public/v2/cats").orElseThrow(), "GET");

    @TempDir
    Path folder;

    @Test
    void operationsStatusesParametersAndMembersCanBeReached() {
        assertThat(reachable.all())
                .containsExactlyInAnyOrder(
                        "operation GET /cats",
                        "parameter GET /cats query page",
                        "parameter GET /cats header If-None-Match",
                        "parameter * header X-Request-Id",
                        "status GET /cats 200",
                        "status GET /cats 404",
                        "status GET /cats 415",
                        "status * 500",
                        "member GET /cats answer.data",
                        "member Cat.name",
                        "member Cat.kittens",
                        "member Cat.kind",
                        "member Cat.range",
                        "member Cat.home",
                        "member Cat.home.door");
    }

    @Test
    void membersAreReachedWhereTheyStandAndOnlyByTheAlternativeThatIsMeant() {
        assertThat(members("{\"data\":[{\"name\":\"Tom\"},{\"kind\":\"tame\",\"range\":3,\"home\":null}],\"name\":1}"))
                .containsExactlyInAnyOrder(
                        "member GET /cats answer.data", "member Cat.name", "member Cat.kind", "member Cat.home");
        assertThat(members("{\"data\":[{\"kind\":\"wild\",\"range\":3,\"home\":{\"door\":\"red\"}}]}"))
                .containsExactlyInAnyOrder("member GET /cats answer.data", "member Cat.kind", "member Cat.range");
    }

    private Set<String> members(String body) {
        JsonNode schema = DOCUMENT.resolved(list.node().at("/responses/200/content/application~1json/schema"));
        return reachable.members(list, schema, Json.MAPPER.readTree(body));
    }

    @Test
    void judgeNamesWhatIsMissedAndWhatIsForgivenInVain() {
        Set<String> documented = Set.of("a", "b", "c", "d");
        assertThat(ReachedJudge.problems(documented, Set.of("a", "b", "c"), List.of("d # takes a week")))
                .isEmpty();
        assertThat(ReachedJudge.problems(documented, documented, List.of("d # sometimes: by time")))
                .isEmpty();
        assertThat(ReachedJudge.problems(documented, Set.of("a", "b"), List.of("b # seldom", "e # gone", "d # ")))
                .containsExactly(
                        "forgiven, but reached or named twice: b",
                        "forgiven, but not documented: e",
                        "forgiven without a reason: d # ",
                        "documented, but no test reaches it: c",
                        "documented, but no test reaches it: d");
    }

    @Test
    void listThatFitsKeepsItsReasons() {
        Set<String> documented = new TreeSet<>(Set.of("a", "b", "c", "d"));
        List<String> forgiven = List.of("a # seldom", "b # sometimes: by time", "d # seldom");
        assertThat(ReachedJudge.fitting(documented, Set.of("a", "b"), forgiven))
                .containsExactly("b # sometimes: by time", "c # no test yet", "d # seldom");
    }

    @Test
    void whatIsForgivenIsDocumentedAndHasItsReason() throws IOException {
        Set<String> documented = new Reachable(OpenApiDocument.read()).all();
        Set<String> none = Set.of();
        assertThat(ReachedJudge.problems(documented, none, ReachedJudge.forgiven()))
                .noneMatch(problem -> problem.startsWith("forgiven"));
    }

    @Test
    void everyJvmOfARunIsReadAndRunsBeforeItAreForgotten() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("1.txt"), "a\nb\n");
        Files.writeString(run.resolve("2.txt"), "b\nc\n");
        Files.writeString(Files.createDirectories(folder.resolve("before")).resolve("1.txt"), "d\n");
        Reached.forgetRunsBefore(run);
        assertThat(Reached.read(run)).containsExactly("a", "b", "c");
        assertThat(folder.resolve("before")).doesNotExist();
    }
}
