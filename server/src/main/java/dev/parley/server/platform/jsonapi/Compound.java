package dev.parley.server.platform.jsonapi;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one document: those that were asked for and, each once, those that are included with them. Belongs to
 * one thread.
 */
final class Compound {

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final int primaries;

    private record Key(String type, UUID id) {}

    /** A resource, and what its included relations lead to, by their names. Equal to itself alone. */
    static final class Entry {
        private final ResourceType type;
        private final Resource resource;
        private final boolean primary;
        private final Map<String, Linkage> linkages = new HashMap<>();

        private Entry(ResourceType type, Resource resource, boolean primary) {
            this.type = type;
            this.resource = resource;
            this.primary = primary;
        }

        ResourceType type() {
            return type;
        }

        Resource resource() {
            return resource;
        }

        Map<String, Linkage> linkages() {
            return linkages;
        }
    }

    Compound(ResourceType type, List<Resource> primary) {
        primary.forEach(resource -> put(type, resource, true));
        this.primaries = entries.size();
    }

    /** The one of that type and id. */
    @Nullable
    Entry find(ResourceType type, UUID id) {
        return entries.get(new Key(type.type(), id));
    }

    /** Includes a resource, unless the document has it already; the one that it has. */
    Entry include(ResourceType type, Resource resource) {
        Entry there = find(type, resource.id());
        return there == null ? put(type, resource, false) : there;
    }

    private Entry put(ResourceType type, Resource resource, boolean primary) {
        Entry entry = new Entry(type, resource, primary);
        entries.put(new Key(type.type(), resource.id()), entry);
        return entry;
    }

    /** Those that were asked for. */
    List<Entry> primary() {
        return entries.values().stream().filter(entry -> entry.primary).toList();
    }

    /** The others. */
    List<Entry> included() {
        return entries.values().stream().filter(entry -> !entry.primary).toList();
    }

    /** All of them. */
    Collection<Entry> all() {
        return entries.values();
    }

    int includedCount() {
        return entries.size() - primaries;
    }

    /** What the included relations of a resource lead to, by their names. */
    Map<String, Linkage> linkages(ResourceType type, UUID id) {
        Entry entry = find(type, id);
        return entry == null ? Map.of() : entry.linkages();
    }
}
