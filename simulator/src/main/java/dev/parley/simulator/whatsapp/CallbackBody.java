package dev.parley.simulator.whatsapp;

import dev.parley.simulator.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of a callback. A single update is one entry with one change; many are spread over several changes and
 * several entries, because a receiver has to read them all.
 */
final class CallbackBody {

    private static final int UPDATES_PER_CHANGE = 100;
    private static final int CHANGES_PER_ENTRY = 4;
    private static final int BYTES_PER_UPDATE = 400;

    private CallbackBody() {}

    static byte[] render(NumberSettings number, List<WhatsAppUpdate> updates) {
        var out = new ByteArrayOutputStream(BYTES_PER_UPDATE * updates.size());
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("object", "whatsapp_business_account");
            json.writeName("entry").writeStartArray();
            entries(json, number, updates);
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void entries(JsonGenerator json, NumberSettings number, List<WhatsAppUpdate> updates) {
        int at = 0;
        while (at < updates.size()) {
            json.writeStartObject();
            json.writeStringProperty("id", number.wabaId());
            if (updates.get(at) instanceof AccountUpdate update) {
                ofAccount(json, update);
                at++;
                continue;
            }
            json.writeName("changes").writeStartArray();
            for (int change = 0; change < CHANGES_PER_ENTRY && numberUpdateAt(updates, at); change++) {
                int end = endOfChange(updates, at);
                change(json, number, updates.subList(at, end));
                at = end;
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Each has an entry of its own: that has the time. */
    private static void ofAccount(JsonGenerator json, AccountUpdate update) {
        json.writeNumberProperty("time", update.seconds());
        json.writeName("changes").writeStartArray().writeStartObject();
        json.writeName("value").writeTree(update.value());
        json.writeStringProperty("field", update.field());
        json.writeEndObject().writeEndArray().writeEndObject();
    }

    private static boolean numberUpdateAt(List<WhatsAppUpdate> updates, int at) {
        return at < updates.size() && !(updates.get(at) instanceof AccountUpdate);
    }

    private static int endOfChange(List<WhatsAppUpdate> updates, int from) {
        Class<?> kind = updates.get(from).getClass();
        int end = from;
        while (end < updates.size()
                && end - from < UPDATES_PER_CHANGE
                && updates.get(end).getClass() == kind) {
            end++;
        }
        return end;
    }

    private static void change(JsonGenerator json, NumberSettings number, List<WhatsAppUpdate> updates) {
        json.writeStartObject();
        json.writeName("value").writeStartObject();
        json.writeStringProperty("messaging_product", "whatsapp");
        json.writeName("metadata").writeStartObject();
        json.writeStringProperty("display_phone_number", number.displayPhoneNumber());
        json.writeStringProperty("phone_number_id", number.phoneNumberId());
        json.writeEndObject();
        contacts(json, updates);
        json.writeName(listOf(updates.getFirst()));
        json.writeStartArray();
        for (WhatsAppUpdate update : updates) {
            switch (update) {
                case StatusUpdate status -> StatusBody.write(json, status);
                case InboundUpdate inbound -> json.writeTree(inbound.message());
                case ErrorUpdate error -> StatusBody.error(json, error.error());
                case AccountUpdate account -> throw new IllegalStateException("an account's update has its own entry");
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeStringProperty("field", "messages");
        json.writeEndObject();
    }

    private static String listOf(WhatsAppUpdate update) {
        return switch (update) {
            case StatusUpdate _ -> "statuses";
            case InboundUpdate _ -> "messages";
            case ErrorUpdate _ -> "errors";
            case AccountUpdate _ -> throw new IllegalStateException("an account's update has its own entry");
        };
    }

    private static void contacts(JsonGenerator json, List<WhatsAppUpdate> updates) {
        var contacts = new ContactList(json);
        for (WhatsAppUpdate update : updates) {
            switch (update) {
                case StatusUpdate status -> contacts.add(status);
                case InboundUpdate inbound -> contacts.add(inbound);
                case ErrorUpdate _ -> {}
                case AccountUpdate account -> throw new IllegalStateException("an account's update has its own entry");
            }
        }
        contacts.end();
    }
}
