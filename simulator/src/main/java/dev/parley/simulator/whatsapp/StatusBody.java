package dev.parley.simulator.whatsapp;

import dev.parley.simulator.ledger.LedgerEntry;
import tools.jackson.core.JsonGenerator;

/** Writes one element of {@code statuses}. */
final class StatusBody {

    private static final String HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";

    private StatusBody() {}

    static void write(JsonGenerator json, StatusUpdate update) {
        LedgerEntry.Accepted sent = update.entry().accepted();
        json.writeStartObject();
        json.writeStringProperty("id", sent.providerId());
        json.writeStringProperty("status", update.status());
        json.writeStringProperty(
                "timestamp", Long.toString(update.clock().instant().getEpochSecond()));
        if (sent.waId() == null) {
            json.writeStringProperty("recipient_user_id", sent.toKey());
        } else {
            json.writeStringProperty("recipient_id", sent.waId());
        }
        if (update.withReference() && sent.opaque() != null) {
            json.writeStringProperty("biz_opaque_callback_data", sent.opaque());
        }
        if (update.status().equals("sent")) {
            pricing(json, sent.template() != null);
        }
        if (update.failure() != null) {
            errors(json, update.failure());
        }
        json.writeEndObject();
    }

    private static void pricing(JsonGenerator json, boolean template) {
        json.writeName("pricing").writeStartObject();
        json.writeBooleanProperty("billable", template);
        json.writeStringProperty("pricing_model", "PMP");
        json.writeStringProperty("type", template ? "regular" : "free_customer_service");
        json.writeStringProperty("category", template ? "utility" : "service");
        json.writeEndObject();
    }

    private static void errors(JsonGenerator json, ErrorTable.Row failure) {
        json.writeName("errors").writeStartArray();
        error(json, failure);
        json.writeEndArray();
    }

    /** One element of a list of errors. */
    static void error(JsonGenerator json, ErrorTable.Row failure) {
        json.writeStartObject();
        json.writeNumberProperty("code", failure.code());
        json.writeStringProperty("title", failure.title());
        json.writeStringProperty("message", failure.title());
        json.writeName("error_data").writeStartObject();
        json.writeStringProperty("details", failure.details());
        json.writeEndObject();
        json.writeStringProperty("href", HREF);
        json.writeEndObject();
    }
}
