package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.testkit.ledger.Answer;
import dev.parley.testkit.ledger.Customer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node is killed while it accepts many messages of one request, which is then repeated at another node. */
@Tag("storm")
class KilledBulkTest {

    private static final int MANY = 1000;
    private static final int THREADS = 20;
    private static final int ROUNDS = 2;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostAndNothingIsThereTwice() throws Exception {
        try (OwnPostgres postgres = new OwnPostgres(folder.resolve("postgres"));
                Node first = node(postgres, "first");
                Node second = node(postgres, "second");
                Customer partner = new Customer(List.of(second.url()), Settings.PARTNER_TOKEN)) {
            Answer made = partner.create("/management/organizations", "organizations", Map.of("name", "Ledger"));
            String token = made.attributes().path("token").asString();
            List<String> threads = threads(second, token);
            int cutOff = 0;
            for (int round = 0; round < ROUNDS; round++) {
                String body = body(threads, round);
                String key = "round " + round;
                int before = messages(postgres);
                CompletableFuture<HttpResponse<String>> begun =
                        CompletableFuture.supplyAsync(() -> bulk(first, token, key, body));
                int enough = before + 100 + 250 * round;
                Awaitility.await("some are accepted")
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> messages(postgres) >= enough || begun.isDone());
                first.kill();
                cutOff += answered(begun) == null && messages(postgres) < before + MANY ? 1 : 0;
                // Else it would be two minutes until the lease of the node that was killed lapses.
                postgres.execute("update kept_answers set lease_until = parley_now() where status is null");
                HttpResponse<String> again = bulk(second, token, key, body);
                check(again, postgres, threads, round);
                first.start();
            }
            assertThat(cutOff).as("requests that were cut off in the middle").isPositive();
        }
    }

    private static void check(HttpResponse<String> answer, OwnPostgres postgres, List<String> threads, int round) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode results = JsonMapper.shared().readTree(answer.body()).at("/meta/results");
        assertThat(results).hasSize(MANY);
        List<String> ids = new ArrayList<>();
        results.forEach(result -> ids.add(result.at("/data/id").asString()));
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
        assertThat(messages(postgres)).isEqualTo((round + 1) * MANY);
        String named = "id in ('" + String.join("','", ids) + "')";
        assertThat(postgres.count("select count(*) from messages where " + named))
                .isEqualTo(MANY);
        assertThat(postgres.count("select count(*) from events where event = 'create' and resource_type = 'messages'"))
                .isEqualTo((round + 1) * MANY);
        for (String thread : threads) {
            assertThat(postgres.count("select count(*) from (select (payload->'text'->>'value')::int as text,"
                            + " lag((payload->'text'->>'value')::int) over (order by seq) as before from messages"
                            + " where thread_id = '" + thread + "') m where before > text"))
                    .as("in their order")
                    .isZero();
        }
    }

    private static @Nullable HttpResponse<String> answered(CompletableFuture<HttpResponse<String>> begun) {
        try {
            return begun.join();
        } catch (CompletionException killed) {
            return null;
        }
    }

    private static int messages(OwnPostgres postgres) {
        return postgres.count("select count(*) from messages");
    }

    private static List<String> threads(Node node, String token) {
        try (Customer customer = new Customer(List.of(node.url()), token)) {
            customer.create(
                    "/channel-accounts",
                    "channelAccounts",
                    Map.of(
                            "channel", "web",
                            "provider", "web",
                            "name", "Web",
                            "settings", Map.of("secret", "0123456789abcdef")));
            return IntStream.range(0, THREADS)
                    .mapToObj(i -> customer.create(
                                    "/message-threads",
                                    "messageThreads",
                                    Map.of("channel", "web", "identifier", "visitor-" + i))
                            .data()
                            .path("id")
                            .asString())
                    .toList();
        }
    }

    private static String body(List<String> threads, int round) {
        List<String> items = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"John\",\"messageThreadId\":\""
                        + threads.get(i % THREADS) + "\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\""
                        + (round * MANY + i) + "\"}}}}")
                .toList();
        return "{\"data\":[" + String.join(",", items) + "]}";
    }

    private static HttpResponse<String> bulk(Node node, String token, String key, String body) {
        return HttpClients.send(
                "POST",
                node.url() + "/public/v2/messages/bulk",
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/vnd.api+json",
                "Idempotency-Key",
                key);
    }

    private Node node(OwnPostgres postgres, String name) {
        return new Node(
                Settings.shared(),
                folder,
                name,
                List.of("--data", folder.resolve("nodes").toString(), "--database-url", postgres.urlFor(name)));
    }
}
