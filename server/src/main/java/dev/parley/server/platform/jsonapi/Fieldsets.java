package dev.parley.server.platform.jsonapi;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which fields of each type an answer shows (JSON:API 1.1, sparse fieldsets). Attributes and relationships are fields; type, id,
 * links and meta are none, and always shown. Immutable.
 *
 * @param byType names of fields, by type; a type that is not there is shown whole
 */
record Fieldsets(Map<String, Set<String>> byType) {

    static final Fieldsets WHOLE = new Fieldsets(Map.of());

    Fieldsets {
        byType = Map.copyOf(byType);
    }

    /** Whether a field of that type is shown, by its name. */
    Predicate<String> of(ResourceType type) {
        Set<String> shown = byType.get(type.type());
        return shown == null ? name -> true : shown::contains;
    }
}
