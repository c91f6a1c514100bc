package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An organization with a WhatsApp number at the simulator. */
public final class WhatsAppCustomer {

    /** What its secrets and names are. */
    public record Secrets(String accessToken, String appSecret, String verifyToken, String name) {}

    public final String token;
    public final String organization;
    public final String account;
    public final String phoneNumberId = "109876543210";
    public final String callbackUrl;
    private final String appSecret;
    private final RunningServer server;

    /** Makes it, and subscribes it at the simulator. */
    public WhatsAppCustomer(RunningServer server, Secrets secrets) {
        this(server, secrets, server.simulatorUrl());
    }

    /** @param baseUrl where the server is to reach the simulator */
    public WhatsAppCustomer(RunningServer server, Secrets secrets, String baseUrl) {
        this.server = server;
        JsonNode made = server.make(
                "/management/organizations", server.partnerToken, "organizations", Map.of("name", secrets.name()));
        organization = made.path("id").asString();
        token = made.path("attributes").path("token").asString();
        JsonNode connected = connect(phoneNumberId, secrets, baseUrl);
        account = connected.path("id").asString();
        callbackUrl = connected.path("attributes").path("callbackUrl").asString();
        appSecret = secrets.appSecret();
        subscribe();
    }

    /** Connects a number to the organization; the account as it is answered. */
    JsonNode connect(String number, Secrets secrets, String baseUrl) {
        Map<String, Object> settings = Map.of(
                "phoneNumberId",
                number,
                "businessAccountId",
                "209876543210",
                "accessToken",
                secrets.accessToken(),
                "appSecret",
                secrets.appSecret(),
                "verifyToken",
                secrets.verifyToken(),
                "baseUrl",
                baseUrl);
        return server.make(
                "/channel-accounts",
                token,
                "channelAccounts",
                Map.of(
                        "channel",
                        "whatsapp",
                        "provider",
                        "whatsapp-cloud",
                        "name",
                        secrets.name(),
                        "settings",
                        settings));
    }

    /** Tells the simulator of the number. */
    public void subscribe() {
        server.control(
                "/numbers",
                Map.of(
                        "phoneNumberId",
                        phoneNumberId,
                        "wabaId",
                        "209876543210",
                        "displayPhoneNumber",
                        "15550100002",
                        "appSecret",
                        appSecret,
                        "callbackUrl",
                        callbackUrl));
    }

    /** A thread with this number; its window opens when the candidate writes. */
    public String thread(String phone) {
        return server.make(
                        "/message-threads", token, "messageThreads", Map.of("channel", "whatsapp", "identifier", phone))
                .path("id")
                .asString();
    }

    /** The candidate writes, and the callback is answered. */
    public void write(String phone, String name, String text) {
        server.control(
                "/reply",
                Map.of("phoneNumberId", phoneNumberId, "from", phone, "name", name, "text", text, "wait", true));
    }

    public boolean windowIsOpen(String thread) {
        return !server.attributes("/message-threads/" + thread, token)
                .path("windowExpiresAt")
                .isNull();
    }

    /** So many threads (at most 90) whose candidates have just written. */
    public List<String> openThreads(int count) {
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String phone = "316123450" + (10 + i);
            threads.add(thread(phone));
            write(phone, "Candidate", "Hi");
        }
        await().untilAsserted(() -> assertThat(threads).allMatch(this::windowIsOpen));
        return threads;
    }

    /** The body of a text message. */
    public static String text(UUID id, String thread, String text, String sendBy) {
        return Json.text(Map.of(
                "data",
                Map.of(
                        "type",
                        "messages",
                        "id",
                        id.toString(),
                        "attributes",
                        Map.of("sendBy", sendBy, "payload", Map.of("type", "text", "text", Map.of("value", text))),
                        "relationships",
                        Map.of("messageThread", Map.of("data", Map.of("type", "messageThreads", "id", thread))))));
    }

    /** Sends a text. */
    public HttpResponse<String> send(UUID id, String thread, String text, String sendBy) {
        return server.api("POST", "/messages", token, text(id, thread, text, sendBy));
    }

    /** How far a message has come. */
    public String status(UUID id) {
        return server.attributes("/messages/" + id, token)
                .path("deliveryStatus")
                .asString();
    }

    /** The code of what became of a message; empty where nothing went wrong. */
    public String failure(UUID id) {
        return server.attributes("/messages/" + id, token)
                .at("/errorMessages/0/code")
                .asString("");
    }
}
