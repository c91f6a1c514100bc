package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each write of the document that may demand a state, with the state that there is. */
@NullUnmarked
class DocumentedConditionsTest extends DocumentedCase {

    static Stream<Described> conditional() {
        return Stream.of("POST", "PATCH", "DELETE")
                .flatMap(DocumentedCase::described)
                .filter(write -> write.takes("header", "If-Match"))
                .filter(write -> !write.below().equals("/organizations"));
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void whatIsAsItWasReadIsChanged(Described write) {
        String path = write.method().equals("DELETE") && !write.below().contains("/relationships/")
                ? made(write)
                : own(write);
        AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
        // What the server does by itself, such as sending a message, comes in between at times.
        await().until(() -> {
            String tag = ask("GET", path, null).headers().firstValue("ETag").orElseThrow();
            answer.set(ask(write.method(), path, body(write), "If-Match", tag));
            return answer.get().statusCode() != 412;
        });
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(write.answers(204) ? 204 : 200);
    }

    /** The path of one that nobody else needs. */
    private static String made(Described write) {
        String list = write.below().replace("/{id}", "");
        if (list.equals("/management/organizations")) {
            return list + "/"
                    + world.server
                            .make(list, World.PARTNER, "organizations", Map.of("name", "Ending"))
                            .path("id")
                            .asString();
        }
        String path = list.replace("{organizationId}", world.asking.id);
        return path + "/"
                + ok(ask("POST", path, world.asking.create(write.type())), 201)
                        .at("/data/id")
                        .asString();
    }
}
