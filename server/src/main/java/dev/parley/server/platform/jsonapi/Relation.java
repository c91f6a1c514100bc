package dev.parley.server.platform.jsonapi;

import org.jspecify.annotations.Nullable;

/** A relationship of a resource. */
public sealed interface Relation {

    /** Its name, camelCase. */
    String name();

    /** The type of what it leads to. */
    String target();

    /**
     * To one resource, by an attribute {@code <name>Id} that is declared with it.
     *
     * @param id that attribute
     */
    record ToOne(String name, String target, Attribute id) implements Relation {

        /** POST needs it. */
        public ToOne required() {
            return new ToOne(name, target, id.required());
        }

        /** POST takes it. */
        public ToOne optional() {
            return new ToOne(name, target, id.optional());
        }

        /** PATCH takes it. */
        public ToOne updatable() {
            return new ToOne(name, target, id.updatable());
        }
    }

    /**
     * To many resources, shown as a link to a filtered list, and the newest of them when they are included. Read-only
     * until told otherwise.
     *
     * @param filter the field of the target's list that holds this resource's id
     * @param most that a write may give; 0 when it is read-only
     */
    record ToMany(String name, String target, String filter, int most) implements Relation {

        /** POST and PATCH take it, up to so many resources, and {@link Write#linked} gives them: all that there are then. */
        public ToMany writable(int upTo) {
            return new ToMany(name, target, filter, upTo);
        }
    }

    /** To the organization that the resource belongs to; read-only, and there on every such resource. */
    record Organization() implements Relation {
        @Override
        public String name() {
            return "organization";
        }

        @Override
        public String target() {
            return "organizations";
        }
    }

    /** A read-only relationship to one resource. */
    static ToOne toOne(String name, String target) {
        return new ToOne(name, target, Attribute.id(name + "Id"));
    }

    /** A read-only relationship to many. */
    static ToMany toMany(String name, String target, String filter) {
        return new ToMany(name, target, filter, 0);
    }

    /** Whether it can be changed once its resource is there. */
    default boolean canChange() {
        return switch (this) {
            case ToOne one -> one.id().rule(false) != Attribute.Rule.READ_ONLY;
            case ToMany many -> many.most() > 0;
            case Organization organization -> false;
        };
    }

    /** The attribute that holds the id, where there is one. */
    default @Nullable Attribute idAttribute() {
        return this instanceof ToOne one ? one.id() : null;
    }
}
