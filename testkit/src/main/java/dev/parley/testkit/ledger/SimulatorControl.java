package dev.parley.testkit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Steers a simulator through its control interface. Safe for use by many threads at once. */
public final class SimulatorControl implements AutoCloseable {

    private static final int MOST_EXPIRED = 40;
    /** In which uploads are looked for. */
    private static final int NEWEST_FILES = 2_000;

    private static final int PAGE = 1_000;

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

    /** Ends the ids of the last files that were uploaded and have one of these hashes, up to 40 among the newest 2,000. */
    public void expireUploads(Set<String> hashes) {
        List<String> ids = new ArrayList<>();
        for (JsonNode medium :
                call("GET", "/media?newest=" + NEWEST_FILES, null).path("media")) {
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
    public List<Sent> ledger() {
        List<Sent> all = new ArrayList<>();
        List<Sent> page = ledgerAfter(0);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = ledgerAfter(page.getLast().sequence());
        }
        return all;
    }

    /** What was accepted behind a place in the ledger, in order: 1,000 at most, none at its end. */
    List<Sent> ledgerAfter(long sequence) {
        return page(sequence, PAGE);
    }

    /** Whether a callback about what has this place in the ledger was delivered by now. */
    boolean told(long sequence) {
        return page(sequence - 1, 1).getFirst().told();
    }

    private List<Sent> page(long after, int limit) {
        JsonNode page = call("GET", "/ledger?limit=" + limit + "&after=" + after, null);
        if (page.path("dropped").asLong() > 0) {
            throw new IllegalStateException("the simulator's ledger is not complete");
        }
        List<Sent> entries = new ArrayList<>(limit);
        page.path("entries").forEach(entry -> entries.add(Sent.of(entry)));
        return entries;
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
