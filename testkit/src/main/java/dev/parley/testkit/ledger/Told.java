package dev.parley.testkit.ledger;

import tools.jackson.databind.JsonNode;

/**
 * What the judge keeps of what the server says of a message.
 *
 * @param status the delivery status
 * @param reason the code of its first error; empty without one
 */
record Told(String status, String reason) {

    static Told of(JsonNode message) {
        JsonNode attributes = message.path("attributes");
        return new Told(
                attributes.path("deliveryStatus").asString().intern(),
                attributes
                        .path("errorMessages")
                        .path(0)
                        .path("code")
                        .asString("")
                        .intern());
    }
}
