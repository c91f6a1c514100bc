package dev.parley.server.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.connector.ErrorAction;
import dev.parley.connector.ProviderError;
import dev.parley.server.platform.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Why a message failed, as it stands in {@code errorMessages}.
 *
 * @param code stable, snake_case
 * @param title the same for each code
 * @param detail a sentence that says what to do
 * @param retryable whether sending it again later may work
 * @param provider the provider's own code and text; null when the refusal is Parley's
 */
public record MessageError(
        String code,
        String title,
        String detail,
        boolean retryable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Provider provider) {

    /** The provider's own code and text. */
    public record Provider(String code, String text) {}

    /** The window was closed when the message was accepted or about to be sent. */
    public static final MessageError WINDOW_CLOSED = new MessageError(
            "conversation_window_closed",
            "Conversation window closed",
            "More than 24 hours have passed since the candidate's last message. Send a template, or wait for the candidate to write.",
            false,
            null);

    /** The message's {@code expiresAt} passed before it could be sent. */
    public static final MessageError EXPIRED = new MessageError(
            "expired",
            "Expired before it was sent",
            "The message could not be sent before its expiresAt. Send it again if it is still wanted.",
            true,
            null);

    /** No evidence came for a send whose outcome was not known. */
    public static final MessageError OUTCOME_UNKNOWN = new MessageError(
            "outcome_unknown",
            "Outcome unknown",
            "The provider's answer was lost and no evidence came since. The candidate may have received the message; ask before sending it again.",
            false,
            null);

    private static final TypeReference<List<MessageError>> LIST = new TypeReference<>() {};

    /** What a provider's refusal means for the message. */
    public static MessageError of(ProviderError error) {
        return new MessageError(
                error.code(),
                error.title(),
                error.detail(),
                error.action() != ErrorAction.FAIL,
                new Provider(error.providerCode(), error.providerText()));
    }

    /**
     * The error of an attempt.
     *
     * @param providerCode the provider's own code
     * @param kept the error as callers see it, as JSON; where it is something else, the code is all there is to say
     */
    static @Nullable MessageError ofAttempt(@Nullable String providerCode, @Nullable String kept) {
        JsonNode node = kept == null ? null : Json.MAPPER.readTree(kept);
        if (node != null && node.has("detail") && node.has("retryable")) {
            return Json.MAPPER.treeToValue(node, MessageError.class);
        }
        return providerCode == null
                ? null
                : new MessageError(
                        "provider_refused",
                        "Provider refused",
                        "The provider refused this try; its code says why.",
                        false,
                        new Provider(providerCode, ""));
    }

    /** As it stands in {@code errorMessages}, and with an attempt. */
    public String json() {
        return Json.text(this);
    }

    static String write(List<MessageError> errors) {
        return errors.isEmpty() ? "[]" : Json.text(errors);
    }

    static List<MessageError> read(@Nullable String json) {
        return json == null || json.equals("[]") ? List.of() : Json.MAPPER.readValue(json, LIST);
    }
}
