package dev.parley.server.payloads;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write gives as content.
 *
 * @param content in the one form that is stored and answered
 * @param freeForm whether the window rule applies to it
 * @param fit what it asks of its channel
 * @param problems why it cannot be sent at all. Kept, not thrown: what was read may be sent back, and then nothing is wrong with it
 * @param preparation what must be done before it can be accepted; null for nothing
 */
public record Payload(
        ObjectNode content,
        boolean freeForm,
        ChannelFit fit,
        List<Problem> problems,
        @Nullable Preparation preparation) {

    private static final ChannelFit ANYWHERE = rule -> List.of();

    /** Free-form content that needs no preparation. */
    public static Payload freeForm(ObjectNode content, ChannelFit fit) {
        return new Payload(content, true, fit, List.of(), null);
    }

    /** Content that cannot be sent. */
    static Payload bad(ObjectNode content, List<Problem> problems) {
        return new Payload(content, true, ANYWHERE, problems, null);
    }

    /** Whether it says the same as what is stored. */
    public boolean equalTo(@Nullable String stored) {
        return stored != null && Json.MAPPER.readTree(stored).equals(content);
    }

    /** Its content as it is stored. */
    public String json() {
        return Json.text(content);
    }

    /** Nothing of what it says. */
    @Override
    public String toString() {
        return "Payload[" + content.path("type").asString() + "]";
    }
}
