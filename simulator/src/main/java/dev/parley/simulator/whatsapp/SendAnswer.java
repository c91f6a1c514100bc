package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.LedgerEntry;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** What a send is answered when it is not refused by Graph itself. */
final class SendAnswer {

    private SendAnswer() {}

    static Reply accepted(LedgerEntry.Accepted sent) {
        ObjectNode body = Json.object().put("messaging_product", "whatsapp");
        ObjectNode contact = body.putArray("contacts").addObject().put("input", sent.to());
        if (sent.waId() == null) {
            contact.put("user_id", sent.toKey());
        } else {
            contact.put("wa_id", sent.waId());
        }
        ObjectNode message = body.putArray("messages").addObject().put("id", sent.providerId());
        if (sent.template() != null) {
            message.put("message_status", "accepted");
        }
        return Reply.json(200, body);
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
