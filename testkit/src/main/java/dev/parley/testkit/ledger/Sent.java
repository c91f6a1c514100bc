package dev.parley.testkit.ledger;

import tools.jackson.databind.JsonNode;

/**
 * What a simulator accepted, as far as its judge needs it: a hundred thousand of them fit into a small heap.
 *
 * @param sequence the place in the simulator's ledger, from 1
 * @param receivedAtMicros when the request was received, in microseconds since the epoch
 * @param to the recipient as the request named it
 * @param type the kind of message
 * @param text the text, or what stands below a file; empty without one
 * @param sha256 the hash of the file, in hexadecimal; empty without one
 * @param told whether a callback about it was answered with 200 when this was read
 */
public record Sent(
        long sequence, long receivedAtMicros, String to, String type, String text, String sha256, boolean told) {

    private static final int OK = 200;

    /** An entry of the ledger. */
    static Sent of(JsonNode entry) {
        return new Sent(
                entry.path("sequence").asLong(),
                entry.path("receivedAtMicros").asLong(),
                entry.path("to").asString("").intern(),
                entry.path("type").asString("").intern(),
                entry.path("text").asString(""),
                entry.path("media").path("sha256").asString(""),
                told(entry.path("callbacks")));
    }

    private static boolean told(JsonNode callbacks) {
        for (JsonNode callback : callbacks) {
            if (callback.path("answer").asInt() == OK) {
                return true;
            }
        }
        return false;
    }
}
