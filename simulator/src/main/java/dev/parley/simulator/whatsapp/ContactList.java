package dev.parley.simulator.whatsapp;

import dev.parley.simulator.ledger.LedgerEntry;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes {@code value.contacts}: each person once, and the member only if there is somebody in it. */
final class ContactList {

    private final JsonGenerator json;
    private final Set<String> seen = new HashSet<>();

    ContactList(JsonGenerator json) {
        this.json = json;
    }

    /** Since April 2026 statuses carry contacts as well, save for {@code failed}. */
    void add(StatusUpdate status) {
        LedgerEntry.Accepted sent = status.entry().accepted();
        String key = sent.waId() == null ? sent.toKey() : sent.waId();
        if (status.failure() != null || !begin(key)) {
            return;
        }
        json.writeStartObject();
        json.writeName("profile").writeStartObject();
        json.writeStringProperty("name", "Simulated Person");
        json.writeEndObject();
        json.writeStringProperty(sent.waId() == null ? "user_id" : "wa_id", key);
        json.writeEndObject();
    }

    void add(InboundUpdate inbound) {
        if (!inbound.contact().isEmpty() && begin(inbound.contact().toString())) {
            json.writeTree(inbound.contact());
        }
    }

    void end() {
        if (!seen.isEmpty()) {
            json.writeEndArray();
        }
    }

    private boolean begin(String key) {
        if (seen.isEmpty()) {
            json.writeName("contacts").writeStartArray();
        }
        return seen.add(key);
    }
}
