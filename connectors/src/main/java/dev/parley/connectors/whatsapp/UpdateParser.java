package dev.parley.connectors.whatsapp;

import dev.parley.connector.ProviderUpdate;
import dev.parley.connectors.support.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands one update as {@link UpdateSplitter} makes it. */
final class UpdateParser {

    /** Source: Meta's webhook reference. Any other field is kept as not understood. */
    private static final Set<String> ACCOUNT_FIELDS = Set.of(
            "account_alerts",
            "account_review_update",
            "account_settings_update",
            "account_update",
            "automatic_events",
            "business_capability_update",
            "business_status_update",
            "message_template_components_update",
            "message_template_quality_update",
            "message_template_status_update",
            "partner_solutions",
            "payment_configuration_update",
            "phone_number_name_update",
            "phone_number_quality_update",
            "security",
            "template_category_update",
            "user_preferences");

    private final StatusParser statuses;

    UpdateParser(WhatsAppErrors errors) {
        this.statuses = new StatusParser(errors);
    }

    ProviderUpdate parse(String json) {
        JsonNode update = Json.read(json);
        if (update == null) {
            return new ProviderUpdate.Unknown("an update that is not JSON");
        }
        if (update.path("message").isObject()) {
            return InboundParser.parse(update.path("message"), update.path("contact"));
        }
        if (update.path("status").isObject()) {
            return statuses.parse(update.path("status"), update.path("contact"));
        }
        if (update.path("error").isObject()) {
            return new ProviderUpdate.Notice("provider_error");
        }
        ProviderUpdate template = TemplateUpdates.find(update);
        return template == null ? accountLevel(Json.text(update, "field")) : template;
    }

    private static ProviderUpdate accountLevel(@Nullable String field) {
        if (field != null && ACCOUNT_FIELDS.contains(field)) {
            return new ProviderUpdate.Notice(field);
        }
        return new ProviderUpdate.Unknown("an update of a kind that is not understood");
    }
}
