package dev.parley.connectors.whatsapp;

import dev.parley.connector.ProviderError;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns Graph's error objects into what they mean for a message. The meaning is data: {@code errors.tsv} beside this class,
 * keyed by {@code code} alone, as HTTP status and {@code message} say nothing certain (Meta's page "error codes").
 *
 * <p>Stable codes: {@code account_paused}, {@code conversation_window_closed}, {@code invalid_content}, {@code
 * media_unknown}, {@code provider_refused}, {@code provider_unavailable}, {@code rate_limited}, {@code recipient_opted_out}, {@code
 * recipient_unreachable}, {@code template_disabled}, {@code template_not_found}, {@code template_parameters_invalid}, {@code
 * template_paused}, {@code template_policy_violation}, {@code template_too_long}. Each has one title.
 *
 * <p>A code that the table does not have fails the message with {@code provider_refused}; where Graph marks it {@code
 * is_transient}, it is tried four times in all.
 */
final class WhatsAppErrors {

    private static final int MAX_TEXT = 1_000;
    private static final int MAX_JSON = 16_384;
    private static final int MAX_CODE_DIGITS = 9;

    private final ErrorTable table = ErrorTable.read();

    /**
     * What an error object says; null when it is none: Graph's always has a whole number as {@code code}.
     *
     * @param retryAfter how long the answer asked to wait
     */
    @Nullable
    ProviderError find(JsonNode error, @Nullable Duration retryAfter) {
        String code = Json.text(error, "code");
        if (code == null || code.length() > MAX_CODE_DIGITS || !code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        boolean transientOne = error.path("is_transient").booleanValue(false);
        ErrorTable.Row row = table.find(Integer.parseInt(code));
        if (row == null) {
            row = table.named(transientOne ? "unknown-transient" : "unknown");
        }
        String json = Json.write(error);
        return row.error(code, textOf(error), json.length() > MAX_JSON ? null : json, retryAfter);
    }

    /** A failure that came without an error object. */
    ProviderError unexplained() {
        return table.named("unknown").error("", "", null, null);
    }

    /** The same error, where it is about a file's id that WhatsApp does not know: the file is uploaded again. */
    ProviderError unknownFile(ProviderError error) {
        return table.named("unknown-file")
                .error(error.providerCode(), error.providerText(), error.providerJson(), error.retryAfter());
    }

    /** What is wrong on our side before anything is sent, by the name of a row. */
    ProviderError local(String name) {
        return table.named(name).error("", "", null, null);
    }

    private static String textOf(JsonNode error) {
        String message = Json.text(error, "message");
        String title = message == null ? Json.text(error, "title") : message;
        String details = Json.text(error.path("error_data"), "details");
        if (title == null || details == null || details.equals(title)) {
            return Texts.cut(title == null ? (details == null ? "" : details) : title, MAX_TEXT);
        }
        return Texts.cut(title + ": " + details, MAX_TEXT);
    }
}
