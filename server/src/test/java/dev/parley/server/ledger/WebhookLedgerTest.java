package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Patience;
import dev.parley.server.webhooks.WebhookReceiver;
import dev.parley.server.webhooks.WebhookSql;
import dev.parley.testkit.ledger.Answer;
import dev.parley.testkit.ledger.Customer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged while servers were killed is compared with what a customer's system was told. */
@Tag("storm")
class WebhookLedgerTest {

    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    void everyEventIsToldThoughServersAreKilled() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                OwnPostgres postgres = new OwnPostgres(folder.resolve("postgres"));
                Node first = node(postgres, "first");
                Node second = node(postgres, "second");
                Customer partner = new Customer(List.of(first.url(), second.url()), Settings.PARTNER_TOKEN)) {
            Answer made = partner.create("/management/organizations", "organizations", Map.of("name", "Ledger"));
            subscribe(postgres, receiver, made.data().path("id").asString());
            String token = made.attributes().path("token").asString();
            try (Customer customer = new Customer(List.of(first.url(), second.url()), token)) {
                Thread writer = Thread.ofVirtual().start(() -> write(customer));
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitMore(40);
                    Node victim = kill % 2 == 0 ? first : second;
                    victim.kill();
                    victim.start();
                }
                awaitMore(40);
                stopped.set(true);
                writer.join();
            }
            Awaitility.await("everything is told")
                    .atMost(Patience.OF_STORMS)
                    .untilAsserted(() -> assertThat(told(receiver).keySet()).containsAll(acknowledged));
            check(receiver);
        }
    }

    /** Duplicates only with the same id. */
    private void check(WebhookReceiver receiver) {
        told(receiver).forEach((resource, ids) -> assertThat(ids).as(resource).hasSize(1));
        System.out.printf(
                "webhooks: %d acknowledged, %d told of, %d requests%n",
                acknowledged.size(),
                told(receiver).size(),
                receiver.received("/hook").size());
    }

    private static Map<String, Set<String>> told(WebhookReceiver receiver) {
        return WebhookReceiver.told(receiver.received("/hook"));
    }

    private void write(Customer customer) {
        for (int i = 0; !stopped.get(); i++) {
            String id = UUID.randomUUID().toString();
            Map<String, Object> data = Map.of(
                    "type", "candidates", "id", id, "attributes", Map.of("phone", "3161234" + (10_000 + i % 10_000)));
            if (isStored(customer, Map.of("data", data))) {
                acknowledged.add(id);
            }
        }
    }

    /** One that got no answer, as its node was killed, is not counted; it may be told of all the same. */
    private static boolean isStored(Customer customer, Map<String, ?> candidate) {
        try {
            return customer.call("POST", "/candidates", candidate).status() == 201;
        } catch (UncheckedIOException unanswered) {
            return false;
        }
    }

    private void awaitMore(int more) {
        int wanted = acknowledged.size() + more;
        Awaitility.await("candidates are acknowledged")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Patience.OF_STORMS)
                .until(() -> acknowledged.size() >= wanted);
    }

    private Node node(OwnPostgres postgres, String name) {
        return new Node(
                Settings.shared(),
                folder,
                name,
                List.of("--data", folder.resolve("nodes").toString(), "--database-url", postgres.urlFor(name)));
    }

    private static void subscribe(OwnPostgres postgres, WebhookReceiver receiver, String organization) {
        postgres.execute(WebhookSql.subscription(organization, receiver.url("/hook"), "candidates", "create", null));
    }
}
