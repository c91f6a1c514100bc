package dev.parley.server.candidates;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import dev.parley.server.platform.text.NearestName;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the IANA name of a time zone, in any letter case, as the Java runtime knows them. Thread-safe. */
final class TimeZoneName implements ValueParser {

    private static final Map<String, String> BY_SMALL_LETTERS = ZoneId.getAvailableZoneIds().stream()
            .collect(Collectors.toMap(
                    name -> name.toLowerCase(Locale.ROOT), name -> name, (one, other) -> one, TreeMap::new));

    @Override
    public Parsed parse(JsonNode value, String pointer) {
        String written = value.isString() ? value.stringValue() : "";
        String known = BY_SMALL_LETTERS.get(written.toLowerCase(Locale.ROOT));
        return known == null ? new Parsed.Bad(List.of(unknown(written, pointer))) : new Parsed.Value(known);
    }

    private static Problem unknown(String written, String pointer) {
        String nearest = nearest(written);
        if (nearest == null) {
            return Problem.at(
                    ProblemCode.INVALID_VALUE,
                    pointer,
                    "Write the IANA name of a time zone, such as Europe/Amsterdam.");
        }
        return Problem.at(
                        ProblemCode.INVALID_VALUE,
                        pointer,
                        "Write the IANA name of a time zone. Did you mean " + nearest + "?")
                .with(Json.MAPPER.createObjectNode().put("nearest", nearest));
    }

    /** A city alone is the commonest slip, and far from its name by letters. */
    private static @Nullable String nearest(String written) {
        if (written.isBlank()) {
            return null;
        }
        String city = "/" + written.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        return BY_SMALL_LETTERS.entrySet().stream()
                .filter(zone -> zone.getKey().endsWith(city))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> NearestName.of(written, BY_SMALL_LETTERS.values()));
    }
}
