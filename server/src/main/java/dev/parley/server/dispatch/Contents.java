package dev.parley.server.dispatch;

import dev.parley.connector.Content;
import dev.parley.server.messages.Message;
import dev.parley.server.platform.json.Json;
import tools.jackson.databind.JsonNode;

/** What a message's payload says to a connector. */
final class Contents {

    private Contents() {}

    static Content of(Message message) {
        JsonNode payload = Json.MAPPER.readTree(message.payload());
        return new Content.Text(payload.path("text").path("value").asString());
    }
}
