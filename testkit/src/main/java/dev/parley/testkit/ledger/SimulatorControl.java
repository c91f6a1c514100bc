package dev.parley.testkit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Steers a simulator through its control interface. Safe for use by many threads at once. */
public final class SimulatorControl implements AutoCloseable {

    private static final int MOST_EXPIRED = 40;
    private static final int LEDGER_PAGE = 1_000;

    private final URI simulator;
    private final Http http = new Http(null);

    /** @param simulator its address */
    public SimulatorControl(URI simulator) {
        this.simulator = simulator;
    }

    /** Registers a business number, or changes it. */
    public void register(Map<String, ?> number) {
        call("POST", "/numbers", number);
    }

    /** Adds rules to misbehave by. */
    public void faults(List<Map<String, ?>> rules) {
        call("POST", "/faults", Map.of("rules", rules));
    }

    /** The rules, each with its {@code hits}. */
    public JsonNode faults() {
        return call("GET", "/faults", null).path("rules");
    }

    /** Removes all rules. */
    public void behave() {
        call("DELETE", "/faults", null);
    }

    /** Lets a candidate write; returns at once. */
    public void reply(String phoneNumberId, String from, String text, String messageId) {
        call(
                "POST",
                "/reply",
                Map.of("phoneNumberId", phoneNumberId, "from", from, "text", text, "messageId", messageId));
    }

    /** Lets a candidate send a file with a text below it; returns at once. */
    public void reply(String phoneNumberId, String from, Attachment file, String text, String messageId) {
        Map<String, ?> media =
                Map.of("type", file.kind(), "mimeType", file.mimeType(), "data", file.base64(), "caption", text);
        call(
                "POST",
                "/reply",
                Map.of("phoneNumberId", phoneNumberId, "from", from, "media", media, "messageId", messageId));
    }

    /** From now on templates are approved as soon as they are made. */
    public void approveTemplates() {
        call("POST", "/templates/settings", Map.of("review", "approve"));
    }

    /** Ends the ids of the last files that were uploaded and have one of these hashes. */
    public void expireUploads(Set<String> hashes) {
        List<String> ids = new ArrayList<>();
        for (JsonNode medium : call("GET", "/media", null).path("media")) {
            if (!medium.path("received").asBoolean()
                    && hashes.contains(medium.path("sha256").asString())) {
                ids.add(medium.path("id").asString());
            }
        }
        ids.subList(Math.max(0, ids.size() - MOST_EXPIRED), ids.size())
                .forEach(id -> call("POST", "/media/expire", Map.of("id", id)));
    }

    /** How many updates are not yet answered with 200. */
    public long callbacksQueued() {
        return call("GET", "/stats", null).path("callbackUpdatesQueued").asLong();
    }

    /** Everything that was accepted, in order. */
    public List<JsonNode> ledger() {
        List<JsonNode> entries = new ArrayList<>();
        readLedger(entries::add);
        return entries;
    }

    /** The same one by one, for ledgers that are too long to be held. */
    void readLedger(Consumer<JsonNode> taker) {
        long after = 0;
        while (true) {
            JsonNode page = call("GET", "/ledger?limit=" + LEDGER_PAGE + "&after=" + after, null);
            if (page.path("dropped").asLong() > 0) {
                throw new IllegalStateException("the simulator's ledger is not complete");
            }
            page.path("entries").forEach(taker);
            if (page.path("entries").isEmpty()) {
                return;
            }
            after = page.path("next").asLong();
        }
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        try {
            Answer answer = http.call(method, URI.create(simulator + "/_control" + path), body);
            if (answer.status() != 200) {
                throw new IllegalStateException(method + " " + path + " was answered " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
