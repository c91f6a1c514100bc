package dev.parley.server.ledger;

import dev.parley.testkit.ledger.SilentNumbers;
import dev.parley.testkit.ledger.SimulatorControl;
import dev.parley.testkit.ledger.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Everything that a provider is known to do, at random. */
final class Misbehaviour {

    /** Those after which nobody knows, unless a callback tells, what became of a send. */
    private static final Set<String> UNKNOWN =
            Set.of("acceptThenTimeout", "acceptThenCut", "cutBefore", "http", "garbage", "slow");

    private Misbehaviour() {}

    static List<Map<String, ?>> rules(List<Talk> talks) {
        List<Map<String, ?>> rules = new ArrayList<>();
        talks.stream()
                .filter(talk -> SilentNumbers.contains(talk.phone()))
                .forEach(talk -> rules.add(Map.of("to", talk.phone(), "effects", Map.of("omitReference", Map.of()))));
        rules.add(rule(0.01, "acceptThenTimeout", Map.of("holdMs", 1500)));
        rules.add(rule(0.01, "acceptThenCut", Map.of()));
        rules.add(rule(0.01, "garbage", Map.of()));
        rules.add(rule(0.005, "cutBefore", Map.of()));
        rules.add(rule(0.005, "http", Map.of("status", 502)));
        rules.add(rule(0.005, "http", Map.of("status", 503)));
        rules.add(rule(0.02, "error", Map.of("code", 130429)));
        rules.add(rule(0.003, "error", Map.of("code", 131056)));
        rules.add(rule(0.02, "error", Map.of("code", 131000)));
        rules.add(rule(0.02, "slow", Map.of("ms", 600)));
        rules.add(rule(0.1, "duplicateCallbacks", Map.of("copies", 2)));
        rules.add(rule(0.1, "reorderCallbacks", Map.of()));
        rules.add(rule(0.01, "loseCallbacks", Map.of()));
        rules.add(rule(0.03, "loseCallbacks", Map.of("statuses", List.of("sent"))));
        rules.add(rule(0.05, "callbackBeforeAnswer", Map.of()));
        rules.add(rule(0.01, "failLater", Map.of("code", 131026)));
        rules.addAll(ofUploads());
        rules.addAll(ofDownloads());
        return rules;
    }

    private static List<Map<String, ?>> ofUploads() {
        return List.of(
                rule("upload", 0.05, "http", Map.of("status", 500)),
                rule("upload", 0.05, "http", Map.of("status", 503)),
                rule("upload", 0.05, "cutBefore", Map.of()),
                rule("upload", 0.05, "acceptThenCut", Map.of()),
                rule("upload", 0.03, "garbage", Map.of()),
                rule("upload", 0.03, "error", Map.of("code", 131000)),
                rule("upload", 0.05, "slow", Map.of("ms", 600)),
                rule("upload", 0.01, "slow", Map.of("ms", 3000)));
    }

    private static List<Map<String, ?>> ofDownloads() {
        return List.of(
                rule("lookUp", 0.03, "http", Map.of("status", 500)),
                rule("lookUp", 0.03, "wrongHash", Map.of()),
                rule("download", 0.03, "http", Map.of("status", 404)),
                rule("download", 0.03, "acceptThenCut", Map.of()),
                rule("download", 0.03, "wrongHash", Map.of()),
                rule("download", 0.03, "cutBefore", Map.of()),
                rule("download", 0.1, "slow", Map.of("ms", 500)));
    }

    /** @param on which calls it strikes that are not sends */
    private static Map<String, ?> rule(String on, double probability, String effect, Map<String, ?> parameters) {
        return Map.of("on", on, "probability", probability, "effects", Map.of(effect, parameters));
    }

    private static Map<String, ?> rule(double probability, String effect, Map<String, ?> parameters) {
        return Map.of("probability", probability, "effects", Map.of(effect, parameters));
    }

    /** How many sends were struck so that their outcome may be unknown for good. */
    static int unknownOutcomes(SimulatorControl simulator) {
        int hits = 0;
        for (JsonNode rule : simulator.faults()) {
            if (!rule.has("on")
                    && UNKNOWN.stream().anyMatch(effect -> rule.path("effects").has(effect))) {
                hits += rule.path("hits").asInt();
            }
        }
        return hits;
    }
}
