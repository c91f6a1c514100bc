package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each writing operation of the document: its conditions, its parameters, and what it refuses. */
@NullUnmarked
class DocumentedWritesTest extends DocumentedCase {

    static Stream<Described> writes() {
        return Stream.of("POST", "PATCH", "DELETE")
                .flatMap(DocumentedCase::described)
                .filter(write -> write.answers(200) || write.answers(201) || write.answers(204));
    }

    static Stream<Described> conditional() {
        return writes().filter(write -> write.takes("header", "If-Match"));
    }

    static Stream<Described> withId() {
        return writes().filter(write -> write.below().contains("{") && write.answers(404));
    }

    /** Those of a resource itself, whose body is known. */
    static Stream<Described> creating() {
        return described("POST")
                .filter(write -> !write.below().contains("{id}") && write.answers(201))
                .filter(write -> write.below().matches("/[a-z-]+|/management/organizations(/.*/tokens)?"))
                .filter(write -> !write.below().startsWith("/events"));
    }

    static Stream<Described> changing() {
        return described("PATCH").filter(write -> !write.below().contains("/relationships/"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void anotherParameterIsRefusedByName(Described write) {
        HttpResponse<String> answer = ask(write.method(), own(write) + "?nosuch=1", body(write));
        assertThat(errors(answer)).as(answer.body()).containsExactly("400 nosuch");
    }

    @ParameterizedTest
    @MethodSource("withId")
    void idThatNeverWasIsNotFound(Described write) {
        HttpResponse<String> answer = ask(write.method(), none(write), body(write));
        assertThat(errors(answer)).as(answer.body()).containsExactly("404 ");
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void whatHasChangedSinceIsLeftAsItIs(Described write) {
        HttpResponse<String> answer = ask(write.method(), own(write), body(write), "If-Match", "\"other\"");
        assertThat(errors(answer)).as(answer.body()).containsExactly("412 If-Match");
    }

    @ParameterizedTest
    @MethodSource("creating")
    void whatIsMadeIsShownAsItWasAskedForAndMadeOnce(Described write) {
        String key = UUID.randomUUID().toString();
        String body = body(write);
        JsonNode made = ok(ask("POST", own(write) + all(write), body, "Idempotency-Key", key), 201);
        HttpResponse<String> again = ask("POST", own(write) + all(write), body, "Idempotency-Key", key);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(ok(again, 201).at("/data/id")).isEqualTo(made.at("/data/id"));
        assertThat(made.at("/data/attributes").size()).isLessThanOrEqualTo(1);
        assertThat(errors(ask("POST", own(write) + all(write), body + " ", "Idempotency-Key", key)))
                .containsExactly("422 Idempotency-Key");
    }

    @ParameterizedTest
    @MethodSource("creating")
    void idThatIsTakenIsAConflict(Described write) {
        String id = ok(ask("POST", own(write), body(write)), 201).at("/data/id").asString();
        String taken = body(write).replaceFirst("\\{\"data\":\\{", "{\"data\":{\"id\":\"" + id + "\",");
        assertThat(errors(ask("POST", own(write), taken))).containsExactly("409 /data/id");
    }

    @ParameterizedTest
    @MethodSource("changing")
    void whatIsChangedIsShownAsItWasAskedFor(Described write) {
        String tag = ask("GET", own(write), null).headers().firstValue("ETag").orElse("*");
        JsonNode changed = ok(ask("PATCH", own(write) + all(write), body(write), "If-Match", tag), 200);
        assertThat(changed.at("/data/attributes").size()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("changing")
    void whatThereIsNotIsRefusedByName(Described write) {
        String unknown = body(write)
                .replaceFirst("\"attributes\":\\{", "\"attributes\":{\"nosuch\":1,")
                .replace(",}", "}");
        assertThat(errors(ask("PATCH", own(write), unknown))).contains("422 /data/attributes/nosuch");
    }

    @ParameterizedTest
    @MethodSource("changing")
    void otherTypeIsAConflict(Described write) {
        String other = body(write).replaceFirst("\"type\":\"[a-zA-Z]+\"", "\"type\":\"others\"");
        assertThat(errors(ask("PATCH", own(write), other))).containsExactly("409 /data/type");
    }

    /** All query parameters at once. */
    private static String all(Described write) {
        return write.parameters("query")
                .map(parameter -> query(write, parameter))
                .collect(Collectors.joining("&", "?", ""));
    }
}
