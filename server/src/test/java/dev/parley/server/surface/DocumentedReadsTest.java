package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each reading operation of the document, with each of its parameters. */
@NullUnmarked
class DocumentedReadsTest extends DocumentedCase {

    static Stream<Described> reads() {
        return described("GET");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void eachParameterIsTaken(Described read) {
        JsonNode plain = ok(ask("GET", own(read), null), 200);
        assertThat(plain.has("data")).isTrue();
        read.parameters("query").forEach(parameter -> {
            String query = query(read, parameter);
            JsonNode answer = ok(ask("GET", own(read) + "?" + query, null), 200);
            assertThat(answer.path("data").getNodeType())
                    .as(query)
                    .isEqualTo(plain.path("data").getNodeType());
        });
    }

    @ParameterizedTest
    @MethodSource("reads")
    void anotherParameterIsRefusedByName(Described read) {
        assertThat(errors(ask("GET", own(read) + "?nosuch=1", null))).containsExactly("400 nosuch");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatIsUnchangedIsNotSentAgain(Described read) {
        String tag = ask("GET", own(read), null).headers().firstValue("ETag").orElse("\"none\"");
        HttpResponse<String> again = ask("GET", own(read), null, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(read.answers(304) ? 304 : 200);
        assertThat(again.body().isEmpty()).isEqualTo(read.answers(304));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void idThatNeverWasIsNotFound(Described read) {
        if (read.below().contains("{")) {
            assertThat(errors(ask("GET", none(read), null))).containsExactly("404 ");
        }
    }
}
