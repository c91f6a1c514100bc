package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The types whose resources can be included, by name. Thread-safe. */
final class Includables {

    private final Map<String, Target> targets = new ConcurrentHashMap<>();

    /** A type and where its resources come from. */
    record Target(ResourceType type, Related source) {}

    void add(ResourceType type, Related source) {
        targets.put(type.type(), new Target(type, source));
    }

    /** What a relation leads to; null when that is not served, or it can't be told which of many are the newest. */
    @Nullable
    Target of(Relation relation) {
        Target target = targets.get(relation.target());
        return target == null || (relation instanceof Relation.ToMany many && !lists(target.type(), many))
                ? null
                : target;
    }

    private static boolean lists(ResourceType type, Relation.ToMany many) {
        return type.filters().containsKey(many.filter()) && type.sorts().containsKey("createdAt");
    }

    /** The relations of a type that can be included. */
    List<String> names(ResourceType type) {
        return type.relations().values().stream()
                .filter(relation -> of(relation) != null)
                .map(Relation::name)
                .toList();
    }
}
