package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files on their way to the provider, before their messages. */
final class MediaUploadsTest extends MediaCase {

    @Test
    void uploadsAgainWhatTheProviderForgot() throws Exception {
        byte[] png = Samples.png("forgotten");
        String data = Base64.getEncoder().encodeToString(png);
        JsonNode first = made(send("image", data(data)));
        await().until(() -> reached(first, "read"));
        server.control("/media/expire", Map.of());
        JsonNode second = made(send("image", data(data)));
        await().until(() -> reached(second, "read"));
        assertThat(uploadsOf(Samples.sha256(png))).isEqualTo(2);
    }

    @Test
    void triesAFailedUploadAgainWithoutDoubtAndFailsOneThatIsRefused() throws Exception {
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(
                                Map.of("on", "upload", "count", 1, "effects", Map.of("http", Map.of("status", 503))),
                                Map.of("on", "upload", "count", 1, "effects", Map.of("acceptThenCut", true)))));
        JsonNode made = made(send("image", data(Base64.getEncoder().encodeToString(Samples.png("again")))));
        await().until(() -> reached(made, "read"));
        JsonNode attempts = Json.MAPPER
                .readTree(
                        server.api("GET", "/messages/" + made.path("id").asString() + "/attempts", customer.token, null)
                                .body())
                .path("data");
        assertThat(attempts.findValuesAsString("outcome")).containsOnly("not_sent", "accepted");
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of(
                                "on", "upload", "count", 1, "effects", Map.of("error", Map.of("code", 131053))))));
        JsonNode refused = made(send("image", data(Base64.getEncoder().encodeToString(Samples.png("refused")))));
        await().until(() -> reached(refused, "failed"));
    }

    @Test
    void paysAnewForItsTurnAfterItWaitedForAnothersUpload() throws Exception {
        String other = customer.thread("16505550178");
        customer.write("16505550178", "Bob", "Hello");
        await().until(() -> customer.windowIsOpen(other));
        byte[] png = Samples.png("together");
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of("on", "upload", "count", 1, "effects", Map.of("slow", Map.of("ms", 2_000))))));
        JsonNode first = made(send("image", data(Base64.getEncoder().encodeToString(png))));
        await().until(() -> attempts(first).size() == 1);
        String body = body("image", data(Base64.getEncoder().encodeToString(png)));
        JsonNode second = made(post(body.replace(thread, other)));
        await().until(() -> reached(second, "read") && reached(first, "read"));
        assertThat(uploadsOf(Samples.sha256(png))).isEqualTo(1);
        assertThat(attempts(first).findValuesAsString("outcome")).containsExactly("accepted");
        assertThat(attempts(second).findValuesAsString("outcome")).containsExactly("not_sent", "accepted");
    }

    @Test
    void knowsThatNothingWasSentWhenANodeIsLostDuringAnUpload() throws Exception {
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of("on", "upload", "count", 1, "effects", Map.of("slow", Map.of("ms", 3_000))))));
        JsonNode made = made(send("image", data(Base64.getEncoder().encodeToString(Samples.png("lost node")))));
        await().until(() -> attempts(made).size() == 1);
        // As if the node that has it were gone, and its lease over.
        server.sql("update thread_dispatch set due_at = parley_now() where last_seq > done_seq");
        await().until(() -> reached(made, "read"));
        // The next one waits for the upload that is still under way, and has its turn anew then.
        assertThat(attempts(made).findValuesAsString("outcome")).containsExactly("not_sent", "not_sent", "accepted");
        assertThat(server.attributes("/messages/" + made.path("id").asString(), customer.token)
                        .path("errorMessages"))
                .isEmpty();
    }
}
