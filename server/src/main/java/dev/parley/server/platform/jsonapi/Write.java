package dev.parley.server.platform.jsonapi;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write that was checked against the declaration: typed values by attribute name. {@link #has} tells an attribute
 * that was given as null from one that wasn't given; the getters give null for both.
 */
public final class Write {

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> pointers = new LinkedHashMap<>();
    private final Map<String, SequencedMap<UUID, String>> links = new LinkedHashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private @Nullable UUID id;

    Write() {}

    /** The id that the client chose, on POST; null for none. */
    public @Nullable UUID id() {
        return id;
    }

    /** Whether the attribute was given, null included (on POST, null is as good as not given). */
    public boolean has(String attribute) {
        return values.containsKey(attribute);
    }

    /** A value of {@link Kind.Text}, {@link Kind.Choice} or {@link Kind.Secret}. */
    public @Nullable String text(String attribute) {
        return value(attribute, String.class);
    }

    /** A value of {@link Kind.Whole}. */
    public @Nullable Long whole(String attribute) {
        return value(attribute, Long.class);
    }

    /** A value of {@link Kind.Decimal}. */
    public @Nullable Double decimal(String attribute) {
        return value(attribute, Double.class);
    }

    /** A value of {@link Kind.Bool}. */
    public @Nullable Boolean bool(String attribute) {
        return value(attribute, Boolean.class);
    }

    /** A value of {@link Kind.Time}. */
    public @Nullable Instant time(String attribute) {
        return value(attribute, Instant.class);
    }

    /** A value of {@link Kind.Id}, that of a relationship too. */
    public @Nullable UUID uuid(String attribute) {
        return value(attribute, UUID.class);
    }

    /** A value of {@link Kind.Url}. */
    public @Nullable URI url(String attribute) {
        return value(attribute, URI.class);
    }

    /** A value of {@link Kind.Any} or {@link Kind.Strings}, as sent. */
    public @Nullable ObjectNode object(String attribute) {
        return value(attribute, ObjectNode.class);
    }

    /** A value of any kind; what a {@link ValueParser} made is had by its own class. */
    public <T> @Nullable T value(String attribute, Class<T> kind) {
        return kind.cast(values.get(attribute));
    }

    /** The value of an attribute that POST requires. */
    public <T> T require(String attribute, Class<T> kind) {
        T value = value(attribute, kind);
        if (value == null) {
            throw new IllegalStateException("the declaration does not require " + attribute);
        }
        return value;
    }

    /**
     * What a writable relationship to many was given: all that are to be linked, each once and in the order of the body, with
     * the pointer of its id. Null when the relationship wasn't given.
     */
    public @Nullable SequencedMap<UUID, String> linked(String relation) {
        return links.get(relation);
    }

    /** Where the value stands in the body, in the form it was sent (a relationship, another spelling). */
    public String pointer(String attribute) {
        return pointers.getOrDefault(attribute, "/data");
    }

    /** What was sent but can't be written. */
    public Set<String> ignored() {
        return ignored;
    }

    void id(UUID chosen) {
        id = chosen;
    }

    void put(String attribute, @Nullable Object value, String pointer) {
        values.put(attribute, value);
        pointers.put(attribute, pointer);
    }

    void link(String relation, SequencedMap<UUID, String> linked) {
        links.put(relation, Collections.unmodifiableSequencedMap(linked));
    }

    void ignore(String member) {
        ignored.add(member);
    }

    /** The names alone. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
