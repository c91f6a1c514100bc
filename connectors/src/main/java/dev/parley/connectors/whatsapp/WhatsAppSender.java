package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.Content;
import dev.parley.connector.ErrorAction;
import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.ProviderError;
import dev.parley.connector.ReadReceipt;
import dev.parley.connector.ReceiptResult;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hands one message to {@code POST /{version}/{phone-number-id}/messages} and understands the answer. */
final class WhatsAppSender {

    private static final int ANSWER_LIMIT = 256 * 1024;
    private static final int OK = 200;

    /** Under which a parameter is refused; a file's id is one. */
    private static final Set<String> UNKNOWN_FILE = Set.of("100", "131009");

    private final WhatsAppErrors errors;

    WhatsAppSender(WhatsAppErrors errors) {
        this.errors = errors;
    }

    SendResult send(SendRequest request, Outbound outbound) {
        ObjectNode body = bodyOf(request);
        if (body == null) {
            return new SendResult.Refused(errors.local("recipient"));
        }
        Call call = callOf(request.account(), body, request.deadline());
        if (call == null) {
            return new SendResult.Refused(errors.local("settings"));
        }
        return switch (outbound.call(call)) {
            case Exchange.Answer answer -> understand(answer, request.content());
            case Exchange.NotSent notSent -> new SendResult.NotSent(notSent.reason());
            case Exchange.Unknown unknown -> new SendResult.Unknown(unknown.reason(), null);
        };
    }

    private static @Nullable ObjectNode bodyOf(SendRequest request) {
        ObjectNode body = Json.object();
        body.put("messaging_product", "whatsapp").put("recipient_type", "individual");
        Address to = request.to();
        switch (to.kind()) {
            case Address.PHONE -> body.put("to", "+" + to.value());
            case Address.USER -> body.put("recipient", to.value());
            default -> {
                return null;
            }
        }
        if (request.replyTo() != null) {
            body.putObject("context").put("message_id", request.replyTo());
        }
        ContentBody.write(body, request.content());
        return body.put("biz_opaque_callback_data", request.reference());
    }

    /** Source: Meta's page "mark messages as read". An answer of Graph's own error that repetition helps is a failure. */
    ReceiptResult markRead(ReadReceipt receipt, Outbound outbound) {
        ObjectNode body = Json.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", receipt.providerMessageId());
        Call call = callOf(receipt.account(), body, receipt.deadline());
        if (call == null) {
            return ReceiptResult.REFUSED;
        }
        if (!(outbound.call(call) instanceof Exchange.Answer answer)) {
            return ReceiptResult.FAILED;
        }
        JsonNode json = Json.read(answer.body());
        if (json != null && answer.status() == OK && json.path("success").booleanValue(false)) {
            return ReceiptResult.TOLD;
        }
        ProviderError error = json == null ? null : errors.find(json.path("error"), null);
        return error != null && error.action() == ErrorAction.FAIL ? ReceiptResult.REFUSED : ReceiptResult.FAILED;
    }

    /** Null when the settings make no valid call; nothing is sent then, as no repetition could help. */
    private static @Nullable Call callOf(AccountSettings account, ObjectNode body, Duration deadline) {
        String token = account.find(WhatsAppSettings.ACCESS_TOKEN);
        String number = account.find(WhatsAppSettings.PHONE_NUMBER_ID);
        if (token == null || !Texts.isVisible(token) || number == null) {
            return null;
        }
        try {
            URI uri = GraphCalls.uri(account, number, "messages");
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "Bearer " + token,
                    "Content-Type",
                    "application/json",
                    "Accept",
                    "application/json");
            byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
            return new Call("POST", uri, headers, bytes, deadline, ANSWER_LIMIT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private SendResult understand(Exchange.Answer answer, Content content) {
        JsonNode json = Json.read(answer.body());
        if (json == null) {
            return unknown(answer);
        }
        JsonNode message = json.path("messages").path(0);
        String id = Texts.id(Json.text(message, "id"));
        if (answer.status() == OK && id != null) {
            boolean held = TemplateWords.held(Json.text(message, "message_status"));
            JsonNode contact = json.path("contacts").path(0);
            return new SendResult.Accepted(
                    id, new WhatsAppAddresses().contact(contact).list(), held);
        }
        ProviderError error = errors.find(json.path("error"), GraphCalls.retryAfter(answer));
        if (error == null) {
            return unknown(answer);
        }
        return new SendResult.Refused(isUnknownFile(error, content) ? errors.unknownFile(error) : error);
    }

    /** The file's id may have ended before its time; Graph says so only in words, under codes that say anything. */
    private static boolean isUnknownFile(ProviderError error, Content content) {
        return content instanceof Content.Media
                && UNKNOWN_FILE.contains(error.providerCode())
                && error.providerText().toLowerCase(Locale.ROOT).contains("media");
    }

    private static SendResult unknown(Exchange.Answer answer) {
        return new SendResult.Unknown(
                "the answer is neither a message's id nor an error of WhatsApp's", answer.status());
    }
}
