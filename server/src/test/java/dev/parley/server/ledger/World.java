package dev.parley.server.ledger;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.SimulatorOptions;
import dev.parley.testkit.ledger.Customer;
import dev.parley.testkit.ledger.SimulatorControl;
import dev.parley.testkit.ledger.Talk;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** An organization on some nodes, with a number at a simulator that runs in this JVM and so survives every kill. */
final class World implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String APP_SECRET = "ledger-app-secret";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final SimulatorControl control = new SimulatorControl(simulator.url());
    private final String phoneNumberId = "1000000000000" + (10 + NUMBERS.incrementAndGet());
    private final String token;
    private final Customer customer;
    private final JsonNode account;

    private World(List<URI> nodes, String partnerToken, int messagesPerSecond) {
        try (Customer partner = new Customer(nodes, partnerToken)) {
            token = partner.create("/management/organizations", "organizations", Map.of("name", "Ledger"))
                    .attributes()
                    .path("token")
                    .asString();
            customer = new Customer(nodes, token);
        }
        account = customer.create("/channel-accounts", "channelAccounts", account(messagesPerSecond))
                .data();
        register(Map.of());
    }

    static World on(List<Node> nodes, String partnerToken, int messagesPerSecond) {
        return new World(nodes.stream().map(Node::url).toList(), partnerToken, messagesPerSecond);
    }

    private Map<String, Object> account(int messagesPerSecond) {
        return Map.of(
                "channel",
                "whatsapp",
                "provider",
                "whatsapp-cloud",
                "name",
                "Simulated",
                "messagesPerSecond",
                messagesPerSecond,
                "settings",
                Map.of(
                        "phoneNumberId",
                        phoneNumberId,
                        "businessAccountId",
                        "200000000000001",
                        "accessToken",
                        "ledger-access-token",
                        "appSecret",
                        APP_SECRET,
                        "verifyToken",
                        "ledger-verify-token",
                        "baseUrl",
                        simulator.url().toString()));
    }

    /** Registers the number at the simulator, with further properties. */
    void register(Map<String, ?> more) {
        Map<String, Object> number = new HashMap<>(Map.of(
                "phoneNumberId",
                phoneNumberId,
                "wabaId",
                "200000000000001",
                "displayPhoneNumber",
                "15550100001",
                "appSecret",
                APP_SECRET,
                "callbackUrl",
                account.path("attributes").path("callbackUrl").asString(),
                "retryAttempts",
                10_000,
                "retryGapMs",
                100,
                "retryMaxGapMs",
                500));
        number.putAll(more);
        control.register(number);
    }

    /** Threads whose windows the candidates' first messages have opened. */
    List<Talk> talks(int count) {
        List<Talk> talks = IntStream.range(0, count)
                .mapToObj(i -> talk("3161" + (2345000 + i)))
                .toList();
        talks.forEach(talk -> control.reply(phoneNumberId, talk.phone(), "Hello", "wamid.hello." + talk.phone()));
        Awaitility.await("the windows open").until(() -> talks.stream().allMatch(this::isOpen));
        return talks;
    }

    /** An approved template with one variable; its id. */
    String template() {
        control.approveTemplates();
        Map<String, ?> body = Map.of(
                "type",
                "BODY",
                "text",
                "We noted {{1}} for you.",
                "example",
                Map.of("body_text", List.of(List.of("this"))));
        String id = customer.create(
                        "/message-templates",
                        "messageTemplates",
                        Map.of(
                                "name",
                                "ledger_note",
                                "language",
                                "en_US",
                                "category",
                                "UTILITY",
                                "components",
                                List.of(body)))
                .data()
                .path("id")
                .asString();
        Awaitility.await("the template is approved")
                .until(() -> customer.call("GET", "/message-templates/" + id, null)
                        .attributes()
                        .path("status")
                        .asString("")
                        .equals("APPROVED"));
        return id;
    }

    private Talk talk(String phone) {
        Map<String, String> attributes = Map.of("channel", "whatsapp", "identifier", phone);
        return new Talk(
                customer.create("/message-threads", "messageThreads", attributes)
                        .data()
                        .path("id")
                        .asString(),
                phone);
    }

    private boolean isOpen(Talk talk) {
        return !customer.call("GET", "/message-threads/" + talk.threadId(), null)
                .attributes()
                .path("windowExpiresAt")
                .isNull();
    }

    /** Sends one text; its id. */
    String send(Talk talk, String text) {
        return customer.send(talk, text);
    }

    String status(String messageId) {
        return customer.call("GET", "/messages/" + messageId, null)
                .attributes()
                .path("deliveryStatus")
                .asString();
    }

    /** Whether the node that made a message's last attempt was gone before it could record an answer. */
    boolean lastAttemptHasNoAnswer(String messageId) {
        JsonNode attempts = customer.call("GET", "/messages/" + messageId + "/attempts", null)
                .data();
        return attempts.path(attempts.size() - 1)
                .path("attributes")
                .path("reason")
                .asString("")
                .equals("the node that sent it did not record an answer");
    }

    /** The organization's. */
    String token() {
        return token;
    }

    Customer customer() {
        return customer;
    }

    /** The same organization's program at one node alone. */
    Customer customerAt(Node node) {
        return new Customer(List.of(node.url()), token);
    }

    /** Of the organization's number. */
    String phoneNumberId() {
        return phoneNumberId;
    }

    SimulatorControl simulator() {
        return control;
    }

    @Override
    public void close() {
        customer.close();
        control.close();
        simulator.close();
    }
}
