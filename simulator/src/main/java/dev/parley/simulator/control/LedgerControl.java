package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.Ledger;
import dev.parley.simulator.ledger.LedgerEntry;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/ledger}: everything that was accepted. */
public final class LedgerControl {

    private static final int DEFAULT_LIMIT = 1000;
    private static final int MAX_LIMIT = 10_000;

    private final Ledger ledger;

    /** @param ledger what is shown */
    public LedgerControl(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A page: {@code after} a sequence number, at most {@code limit}, those of one recipient ({@code to}) or one
     * business number ({@code phoneNumberId}) alone. Pass {@code next} as {@code after} to go on.
     */
    Reply read(Call call) {
        QueryReader.known(call.query(), "after", "limit", "to", "phoneNumberId");
        long after = QueryReader.number(call.query(), "after", 0, 0, Long.MAX_VALUE);
        int limit = (int) QueryReader.number(call.query(), "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Ledger.Page page = ledger.read(after, limit, wanted(call));
        ObjectNode body = Json.object();
        var entries = body.putArray("entries");
        page.entries().forEach(entry -> entries.add(LedgerJson.write(entry)));
        body.put("next", page.next()).put("total", ledger.total()).put("dropped", ledger.dropped());
        return Reply.json(200, body);
    }

    private static Predicate<LedgerEntry> wanted(Call call) {
        String to = FaultReader.recipient(call.query().get("to"));
        String number = call.query().get("phoneNumberId");
        return entry -> {
            LedgerEntry.Accepted sent = entry.accepted();
            return (to == null || to.equals(sent.toKey()) || to.equals(sent.waId()))
                    && (number == null || number.equals(sent.phoneNumberId()));
        };
    }
}
