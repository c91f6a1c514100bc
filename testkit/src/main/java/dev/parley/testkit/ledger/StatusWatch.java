package dev.parley.testkit.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Looks at messages now and then, and notes when a status went backward. Safe for use by many threads at once. */
final class StatusWatch {

    private final Notebook notebook;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** @param version of the message; a later one must not have an earlier status */
    private record Seen(long version, String status) {}

    StatusWatch(Notebook notebook) {
        this.notebook = notebook;
    }

    /** Looks at one of the messages, any of them. */
    void look(Customer customer, RandomGenerator random) {
        String id = notebook.any(random);
        if (id == null) {
            return;
        }
        Answer answer = customer.call("GET", "/messages/" + id, null);
        if (answer.status() == 200) {
            saw(answer.data());
        }
    }

    void saw(JsonNode message) {
        Seen now = new Seen(
                message.path("meta").path("version").asLong(),
                message.path("attributes").path("deliveryStatus").asString().intern());
        String id = message.path("id").asString();
        seen.merge(id, now, (a, b) -> a.version() <= b.version() ? later(id, a, b) : later(id, b, a));
    }

    private Seen later(String id, Seen before, Seen after) {
        if (!mayFollow(before.status(), after.status())) {
            notebook.backward(id + ": " + before + ", " + after);
        }
        return after;
    }

    private static boolean mayFollow(String before, String after) {
        return switch (before) {
            case "sent", "failed" -> !after.equals("accepted");
            case "delivered" -> after.equals("delivered") || after.equals("read");
            case "read" -> after.equals("read");
            default -> true;
        };
    }
}
