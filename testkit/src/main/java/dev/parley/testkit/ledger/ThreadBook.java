package dev.parley.testkit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the server said last about the messages of one thread, as far as the judge needs it.
 *
 * @param outbound what became of the program's messages, by id
 * @param inbound the ids of the candidate's messages, by text
 */
record ThreadBook(Map<String, Outcome> outbound, Map<String, List<String>> inbound) {

    /**
     * What became of a message.
     *
     * @param status its delivery status
     * @param code of its first error, empty without one
     */
    record Outcome(String status, String code) {}

    static ThreadBook of(List<JsonNode> messages) {
        ThreadBook book = new ThreadBook(new HashMap<>(), new HashMap<>());
        for (JsonNode message : messages) {
            JsonNode attributes = message.path("attributes");
            String id = message.path("id").asString();
            if (attributes.path("origin").asString().equals("outbound")) {
                JsonNode code = attributes.path("errorMessages").path(0).path("code");
                Outcome outcome = new Outcome(
                        attributes.path("deliveryStatus").asString("").intern(),
                        code.asString("").intern());
                book.outbound.put(id, outcome);
            } else {
                book.inbound
                        .computeIfAbsent(Customer.textOf(message), text -> new ArrayList<>(1))
                        .add(id);
            }
        }
        return book;
    }
}
