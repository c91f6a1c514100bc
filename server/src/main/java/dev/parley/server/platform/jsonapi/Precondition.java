package dev.parley.server.platform.jsonapi;

import java.util.List;

/** What a write demands of the state that it changes ({@code If-Match}). Immutable. */
public final class Precondition {

    /** Any state will do. */
    public static final Precondition NONE = new Precondition(new EntityTags.Given.None());

    private final EntityTags.Given given;

    Precondition(EntityTags.Given given) {
        this.given = given;
    }

    /** Whether something is demanded. */
    public boolean demands() {
        return !(given instanceof EntityTags.Given.None);
    }

    /**
     * Whether a resource, read under a lock or in the transaction that changes it, is in a state that was named. Strong
     * comparison: a weak tag names none.
     */
    public boolean holds(Resource resource) {
        return switch (given) {
            case EntityTags.Given.None() -> true;
            case EntityTags.Given.Any() -> true;
            case EntityTags.Given.Tags(List<EntityTags.Tag> tags) -> {
                String version = EntityTag.version(resource);
                yield tags.stream().anyMatch(tag -> !tag.weak() && version.equals(version(tag.text())));
            }
            case EntityTags.Given.Bad bad -> false;
        };
    }

    private static String version(String tag) {
        int dot = tag.indexOf('.');
        return dot < 0 ? "" : tag.substring(0, dot);
    }
}
