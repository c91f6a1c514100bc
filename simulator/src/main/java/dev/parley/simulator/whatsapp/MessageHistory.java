package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.CallbackRecord;
import dev.parley.simulator.ledger.Ledger;
import dev.parley.simulator.ledger.LedgerEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /<phone-number-id>/message_history}: how far messages have come, of one ({@code message_id}) or of all, {@code
 * limit} 1 to 100 (25), {@code after} a cursor. {@code fields} is ignored: all are answered.
 */
final class MessageHistory {

    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 100;
    private static final int INVALID_CURSOR = 131059;

    private final Ledger ledger;
    private final Wamids ids;

    MessageHistory(Ledger ledger, Wamids ids) {
        this.ledger = ledger;
        this.ids = ids;
    }

    Reply read(BusinessNumber number, Call call) {
        Long limit = number(call.query().getOrDefault("limit", Integer.toString(DEFAULT_LIMIT)));
        if (limit == null || limit < 1 || limit > MAX_LIMIT) {
            return GraphError.parameter("Param limit must be a number between 1 and 100.")
                    .reply(ids.trace());
        }
        Long after = cursor(call.query().get("after"));
        if (after == null) {
            return GraphError.of(INVALID_CURSOR, 400, "The cursor is not valid.")
                    .reply(ids.trace());
        }
        String wanted = call.query().get("message_id");
        String phone = number.settings().phoneNumberId();
        Ledger.Page page = ledger.read(
                after,
                limit.intValue(),
                entry -> entry.accepted().phoneNumberId().equals(phone)
                        && !entry.accepted().type().equals("read")
                        && (wanted == null || entry.accepted().providerId().equals(wanted)));
        return Reply.json(200, body(number, page, after));
    }

    private static ObjectNode body(BusinessNumber number, Ledger.Page page, long after) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        URI target = number.settings().lane().target() == null
                ? null
                : number.settings().lane().target().url();
        page.entries().forEach(entry -> write(data.addObject(), entry, target));
        if (!page.entries().isEmpty()) {
            body.putObject("paging")
                    .putObject("cursors")
                    .put("after", cursor(page.next()))
                    .put("before", cursor(after));
        }
        return body;
    }

    private static void write(ObjectNode one, LedgerEntry entry, @Nullable URI target) {
        one.put("id", id(entry, 0)).put("message_id", entry.accepted().providerId());
        ArrayNode events = one.putObject("events").putArray("data");
        events.addObject()
                .put("id", id(entry, 1))
                .put("delivery_status", "ACCEPTED")
                .put("timestamp", entry.receivedAtMicros() / 1_000_000);
        int n = 2;
        for (CallbackRecord callback : entry.callbacks()) {
            ObjectNode event = events.addObject();
            event.put("id", id(entry, n++));
            event.put("delivery_status", word(callback.status()));
            event.put("timestamp", callback.atMicros() / 1_000_000);
            event.put("webhook_update_state", callback.answer() == 200 ? "DELIVERED" : "FAILED");
            if (target != null) {
                event.put("webhook_uri", target.toString());
            }
        }
    }

    private static String word(String status) {
        return status.equals("failed") ? "ERROR" : status.toUpperCase(Locale.ROOT);
    }

    private static String id(LedgerEntry entry, int event) {
        return Long.toString(1_000_000_000_000_000L + entry.sequence() * 1_000 + event);
    }

    private static String cursor(long sequence) {
        return Base64.getEncoder().encodeToString(Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable Long cursor(@Nullable String text) {
        if (text == null) {
            return 0L;
        }
        try {
            return number(new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Long number(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
