package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Messages among operations find the bounds that messages alone find, and the other way round. */
@NullUnmarked
class OperationPlacesTest {

    private static final String PARTNER = "pp_places-token-0123456789012";

    private RunningServer server;

    private record Customer(RunningServer server, String token, String thread) {

        static Customer of(RunningServer server, String name) {
            String token = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", name))
                    .at("/attributes/token")
                    .stringValue();
            server.site(token);
            JsonNode thread = server.make(
                    "/message-threads", token, "messageThreads", Map.of("channel", "web", "identifier", "visitor"));
            return new Customer(server, token, thread.path("id").stringValue());
        }

        private String message(String text) {
            return Json.text(Map.of(
                    "type",
                    "messages",
                    "attributes",
                    Map.of(
                            "sendBy",
                            "John",
                            "messageThreadId",
                            thread,
                            "payload",
                            Map.of("type", "text", "text", Map.of("value", text)))));
        }

        private static String candidate(String phone) {
            return "{\"type\":\"candidates\",\"attributes\":{\"phone\":\"" + phone + "\"}}";
        }

        HttpResponse<String> operations(String... added) {
            List<String> all = new ArrayList<>();
            Arrays.asList(added).forEach(data -> all.add("{\"op\":\"add\",\"data\":" + data + "}"));
            return server.raw(
                    "POST",
                    "/public/v2/operations",
                    "{\"atomic:operations\":[" + String.join(",", all) + "]}",
                    "Authorization",
                    "Bearer " + token,
                    "Content-Type",
                    OperationsCase.ATOMIC);
        }

        HttpResponse<String> alone(String text) {
            return server.api("POST", "/messages", token, "{\"data\":" + message(text) + "}");
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        Map<String, String> small = Map.of("submit.queuePerOrganization", "2", "submit.queueTotal", "3");
        server = new RunningServer(folder.resolve("data"), PARTNER, small);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void isRefused(HttpResponse<String> answer, int status, String problem) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(OperationsCase.errors(answer)).containsExactly(problem);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void messagesOfOperationsTakePlacesOfTheQueueAndAreShedWithTheRest() throws Exception {
        Customer one = Customer.of(server, "One");
        Customer other = Customer.of(server, "Other");
        CompletableFuture<HttpResponse<String>> many;
        try (Connection blocker = server.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table messages in exclusive mode");
            many = CompletableFuture.supplyAsync(
                    () -> one.operations(one.message("1"), one.message("2"), one.message("3"), one.message("4")));
            await().until(() -> server.metric("parley_writer_queue{writer=\"submit\"}") == 4);
            // All that may wait do, so whoever comes is told to come again.
            isRefused(one.alone("5"), 503, "503 overloaded ");
            isRefused(
                    other.operations(Customer.candidate("31600000001"), other.message("1")),
                    503,
                    "503 overloaded /atomic:operations/1");
            assertThat(other.operations(Customer.candidate("31600000002")).statusCode())
                    .as("what has no messages need not wait")
                    .isEqualTo(200);
            blocker.rollback();
        }
        assertThat(many.join().statusCode()).as(many.join().body()).isEqualTo(200);
        assertThat(server.metric("parley_writer_queue{writer=\"submit\"}")).isZero();
        assertThat(other.operations(other.message("1")).statusCode()).isEqualTo(200);
        assertThat(server.query("select string_agg(phone, ',') from candidates"))
                .as("nothing was done of what was shed")
                .isEqualTo("31600000002");
        assertThat(server.query("select count(*) from messages")).isEqualTo("5");
    }

    @Test
    void oneOrganizationsMessagesLeaveRoomForAnothers() throws Exception {
        Customer one = Customer.of(server, "One");
        Customer other = Customer.of(server, "Other");
        CompletableFuture<HttpResponse<String>> many;
        CompletableFuture<HttpResponse<String>> others;
        try (Connection blocker = server.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table messages in exclusive mode");
            many = CompletableFuture.supplyAsync(() -> one.operations(one.message("1"), one.message("2")));
            await().until(() -> server.metric("parley_writer_queue{writer=\"submit\"}") == 2);
            isRefused(one.operations(one.message("3")), 429, "429 queue_full /atomic:operations/0");
            isRefused(one.alone("3"), 429, "429 queue_full ");
            others = CompletableFuture.supplyAsync(() -> other.operations(other.message("1")));
            await().until(() -> server.metric("parley_writer_queue{writer=\"submit\"}") == 3);
            blocker.rollback();
        }
        assertThat(List.of(many.join().statusCode(), others.join().statusCode()))
                .containsOnly(200);
    }
}
