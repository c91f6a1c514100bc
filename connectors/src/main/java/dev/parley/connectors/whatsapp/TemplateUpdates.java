package dev.parley.connectors.whatsapp;

import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.TemplateChange;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import dev.parley.connectors.support.Times;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands the account-level updates that are about templates. Source: Meta's webhook reference. */
final class TemplateUpdates {

    private static final Set<String> FIELDS = Set.of(
            "message_template_components_update",
            "message_template_quality_update",
            "message_template_status_update",
            "template_category_update");

    private TemplateUpdates() {}

    /** What the update says of a template; null when it is about none. */
    static @Nullable ProviderUpdate find(JsonNode update) {
        String field = Json.text(update, "field");
        if (field == null || !FIELDS.contains(field)) {
            return null;
        }
        JsonNode value = update.path("value");
        String id = Texts.id(Json.text(value, "message_template_id"));
        String name = Json.text(value, "message_template_name");
        String language = TemplateWords.language(Json.text(value, "message_template_language"));
        Instant at = Times.unix(update, "time");
        if (id == null || name == null || language == null || at == null) {
            return new ProviderUpdate.Unknown("an update of a template without its name or time");
        }
        return new ProviderUpdate.Template(id, TemplateWords.name(name), language, at, change(field, value));
    }

    /** By what it holds rather than by its name: Meta's own sample has a quality in an update of the status. */
    private static TemplateChange change(String field, JsonNode value) {
        String quality = Json.text(value, "new_quality_score");
        if (quality != null) {
            return new TemplateChange.Quality(TemplateWords.word(quality));
        }
        String event = Json.text(value, "event");
        if (event != null) {
            return status(event.toUpperCase(Locale.ROOT), value);
        }
        String category = Json.text(value, "new_category");
        return category == null || !field.equals("template_category_update")
                ? new TemplateChange.Other()
                : new TemplateChange.Category(TemplateWords.word(category));
    }

    private static TemplateChange status(String event, JsonNode value) {
        var status = TemplateWords.status(event);
        String category = Json.text(value, "message_template_category");
        return status == null
                ? new TemplateChange.Other()
                : new TemplateChange.Status(
                        status, reason(value), category == null ? null : TemplateWords.word(category));
    }

    /** The explanation where there is one, else Meta's word, such as {@code INVALID_FORMAT} or {@code FIRST_PAUSE}. */
    private static @Nullable String reason(JsonNode value) {
        String word = TemplateWords.reason(Json.text(value, "reason"));
        String title = Json.text(value.path("other_info"), "title");
        String found = word == null ? title : word;
        String text = Json.text(value.path("rejection_info"), "reason");
        String whole = found == null || text == null ? found : found + ": " + text;
        return whole == null ? null : Texts.cut(whole, TemplateWords.MAX_REASON);
    }
}
