package dev.parley.server.messages;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write gives as content.
 *
 * @param content in the one form that is stored and answered
 * @param length of its text, in UTF-16 code units
 * @param problems why it cannot be sent. Kept, not thrown: what was read may be sent back, and then nothing is wrong with it
 */
record PayloadInput(ObjectNode content, int length, List<Problem> problems) {

    /** Whether it says the same as what is stored. */
    boolean equalTo(@Nullable String stored) {
        return stored != null && Json.MAPPER.readTree(stored).equals(content);
    }

    String json() {
        return Json.text(content);
    }

    /** Its length alone. */
    @Override
    public String toString() {
        return "PayloadInput[" + length + "]";
    }
}
