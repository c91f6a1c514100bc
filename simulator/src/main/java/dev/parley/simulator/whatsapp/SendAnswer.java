package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/** What a send is answered when it is not refused by Graph itself. */
final class SendAnswer {

    private static final int ANSWER_BYTES = 256;

    private SendAnswer() {}

    static Reply accepted(LedgerEntry.Accepted sent, String templateStatus) {
        var out = new ByteArrayOutputStream(ANSWER_BYTES);
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject().writeStringProperty("messaging_product", "whatsapp");
            json.writeName("contacts").writeStartArray().writeStartObject();
            json.writeStringProperty("input", sent.to());
            json.writeStringProperty(
                    sent.waId() == null ? "user_id" : "wa_id", sent.waId() == null ? sent.toKey() : sent.waId());
            json.writeEndObject().writeEndArray();
            json.writeName("messages").writeStartArray().writeStartObject();
            json.writeStringProperty("id", sent.providerId());
            if (sent.template() != null) {
                json.writeStringProperty("message_status", templateStatus);
            }
            json.writeEndObject().writeEndArray().writeEndObject();
        }
        return Reply.json(200, out.toByteArray());
    }

    static Reply garbage() {
        return Reply.json(200, "{\"messaging_product\":\"whatsapp\",\"conta".getBytes(StandardCharsets.US_ASCII));
    }

    static Reply gateway(int status) {
        return Reply.html(
                status,
                "<html><head><title>Error " + status + "</title></head><body><h1>Sorry, something went wrong.</h1>"
                        + "</body></html>");
    }
}
