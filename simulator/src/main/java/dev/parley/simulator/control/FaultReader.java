package dev.parley.simulator.control;

import dev.parley.simulator.faults.Effect;
import dev.parley.simulator.faults.FaultRule;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code {"rules": [...]}}. */
final class FaultReader {

    private static final String[] CONDITIONS = {"on", "phoneNumberId", "to", "probability", "count", "every", "effects"
    };

    private FaultReader() {}

    static List<FaultRule> read(byte[] body) {
        Members request = Members.of(body, "rules");
        if (!request.has("rules")) {
            throw new BadInputException("rules", "required, an array of rules");
        }
        List<Members> rules = request.objects("rules", CONDITIONS);
        JsonNode sources = Json.MAPPER.readTree(body).path("rules");
        var read = new ArrayList<FaultRule>();
        for (int i = 0; i < rules.size(); i++) {
            read.add(rule(rules.get(i), (ObjectNode) sources.get(i)));
        }
        return read;
    }

    private static FaultRule rule(Members rule, ObjectNode source) {
        Members effects = rule.object("effects", EffectReader.names());
        List<Effect> read = effects == null ? List.of() : EffectReader.read(effects);
        if (read.isEmpty()) {
            throw new BadInputException(rule.at("effects"), "required, an object with at least one effect");
        }
        Double probability = rule.fraction("probability", 0, 1);
        return new FaultRule(
                rule.oneOf(
                        "on",
                        FaultRule.MESSAGES,
                        FaultRule.MESSAGES,
                        FaultRule.UPLOAD,
                        FaultRule.LOOK_UP,
                        FaultRule.DOWNLOAD),
                rule.text("phoneNumberId"),
                recipient(rule.text("to")),
                (int) rule.number("every", 1, 1, Integer.MAX_VALUE),
                Objects.requireNonNullElse(probability, 1.0),
                rule.number("count", Long.MAX_VALUE, 0, Long.MAX_VALUE),
                read,
                source);
    }

    /** A phone number is compared by its digits, a user id as it stands. */
    static @Nullable String recipient(@Nullable String to) {
        if (to == null || (to.length() > 2 && to.charAt(2) == '.')) {
            return to;
        }
        return to.replaceAll("[^0-9]", "");
    }
}
