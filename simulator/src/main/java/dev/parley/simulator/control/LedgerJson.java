package dev.parley.simulator.control;

import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.CallbackRecord;
import dev.parley.simulator.ledger.LedgerEntry;
import dev.parley.simulator.whatsapp.Micros;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes ledger entries. */
final class LedgerJson {

    private LedgerJson() {}

    static ObjectNode write(LedgerEntry entry) {
        LedgerEntry.Accepted sent = entry.accepted();
        ObjectNode node = Json.object();
        node.put("sequence", entry.sequence());
        node.put("providerId", sent.providerId());
        node.put("phoneNumberId", sent.phoneNumberId());
        node.put("to", sent.to());
        node.put("waId", sent.waId());
        node.put("opaque", sent.opaque());
        node.put("type", sent.type());
        node.put("text", sent.text());
        if (sent.template() != null) {
            node.putObject("template").put("name", sent.template()).put("language", sent.language());
        }
        if (sent.media() != null) {
            node.set("media", Json.MAPPER.readTree(sent.media()));
        }
        if (sent.content() != null) {
            node.set(sent.type(), sent.content());
        }
        if (sent.replyTo() != null) {
            node.putObject("context").put("message_id", sent.replyTo());
        }
        node.put("receivedAt", Micros.instant(entry.receivedAtMicros()).toString());
        node.put("receivedAtMicros", entry.receivedAtMicros());
        ArrayNode callbacks = node.putArray("callbacks");
        entry.callbacks().forEach(callback -> callbacks.add(write(callback)));
        return node;
    }

    private static ObjectNode write(CallbackRecord callback) {
        return Json.object()
                .put("status", callback.status())
                .put("attempt", callback.attempt())
                .put("at", Micros.instant(callback.atMicros()).toString())
                .put("atMicros", callback.atMicros())
                .put("answer", callback.answer());
    }
}
