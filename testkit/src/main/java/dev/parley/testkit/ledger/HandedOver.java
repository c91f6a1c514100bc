package dev.parley.testkit.ledger;

import tools.jackson.databind.JsonNode;

/**
 * What the judge keeps of one entry of the simulator's ledger.
 *
 * @param type as what it was sent
 * @param sha256 of its file; empty without one
 * @param proved whether a callback with our reference was delivered
 */
record HandedOver(String type, String sha256, boolean proved) {

    static HandedOver of(JsonNode entry) {
        return new HandedOver(
                entry.path("type").asString().intern(),
                entry.path("media").path("sha256").asString(""),
                wasProved(entry));
    }

    private static boolean wasProved(JsonNode entry) {
        for (JsonNode callback : entry.path("callbacks")) {
            if (callback.path("answer").asInt() == 200) {
                return !SilentNumbers.contains(entry.path("to").asString());
            }
        }
        return false;
    }
}
