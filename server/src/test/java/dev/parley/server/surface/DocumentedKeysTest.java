package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The idempotency key of each POST of the document that does something else than make a resource. */
@NullUnmarked
class DocumentedKeysTest extends DocumentedCase {

    private static final String HEADER = "Idempotency-Key";

    private static Stream<Described> keyed() {
        return described("POST").filter(write -> write.takes("header", HEADER));
    }

    static Stream<Described> doing() {
        return keyed().filter(write -> write.answers(200) || write.answers(204));
    }

    static Stream<Described> refusing() {
        return keyed().filter(write -> !write.answers(200) && !write.answers(201) && !write.answers(204));
    }

    @ParameterizedTest
    @MethodSource("doing")
    void oneRequestIsWorkedForOnceAndNoOtherHasItsKey(Described write) throws Exception {
        String key = UUID.randomUUID().toString();
        String path = fresh(write);
        String body = bodyOfOne(write);
        HttpResponse<String> first = ask("POST", path, body, HEADER, key);
        assertThat(first.statusCode()).as(first.body()).isLessThan(300);
        HttpResponse<String> again = ask("POST", path, body, HEADER, key);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(first.statusCode());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        String other = body == null ? "{}" : body + " ";
        assertThat(errors(ask("POST", path, other, HEADER, key))).containsExactly("422 " + HEADER);
        stillRunning();
        assertThat(errors(ask("POST", path, body, HEADER, key))).containsExactly("409 " + HEADER);
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void whatIsRefusedInAnyCaseIsRefusedWithAKeyToo(Described write) {
        assertThat(errors(ask("POST", own(write), body(write), HEADER, "some-key")))
                .containsExactly("403 ");
    }

    /** As if no request with a key had been answered yet. */
    private static void stillRunning() throws Exception {
        world.server.sql("update kept_answers set status = null, location = null, body = null, resource_ids = null,"
                + " lease_until = parley_now() + interval '1 hour'");
    }

    /** The path for one whom it may end, or change for all other tests. */
    private static String fresh(Described write) {
        if (write.below().endsWith("/erase")) {
            String list = write.below().replaceFirst("/\\{id}.*", "");
            return write.below().replace("{id}", world.asking.make(write.type(), list));
        }
        if (write.below().contains("/refresh-token/")) {
            String made = world.server
                    .make("/management/organizations", World.PARTNER, "organizations", Map.of("name", "Fresh"))
                    .path("id")
                    .asString();
            return write.below().replace("{organizationId}", made);
        }
        return own(write);
    }

    private static String bodyOfOne(Described write) {
        String message =
                Json.text(Json.MAPPER.readTree(world.asking.create("messages")).path("data"));
        return switch (write.below()) {
            case "/messages/bulk" -> "{\"data\":[" + message + "]}";
            case "/operations" -> "{\"atomic:operations\":[{\"op\":\"add\",\"data\":" + message + "}]}";
            default -> body(write);
        };
    }
}
