package dev.parley.server.platform.jsonapi;

import java.util.List;

/**
 * One attribute of a resource. Read-only until told otherwise.
 *
 * @param name camelCase
 * @param kind what its values are
 * @param onCreate whether POST takes it
 * @param onUpdate whether PATCH takes it
 * @param nullable whether PATCH may set it to null
 * @param aliases other spellings: the name of an attribute, or {@code object.member} inside another attribute
 */
public record Attribute(String name, Kind kind, Rule onCreate, Rule onUpdate, boolean nullable, List<String> aliases) {

    /** What a method does with an attribute. */
    public enum Rule {
        REQUIRED,
        OPTIONAL,
        READ_ONLY
    }

    /** A string of {@code min} to {@code max} code points. */
    public static Attribute text(String name, int min, int max) {
        return of(name, new Kind.Text(min, max));
    }

    /** A whole number from {@code min} to {@code max}. */
    public static Attribute whole(String name, long min, long max) {
        return of(name, new Kind.Whole(min, max));
    }

    /** A number from {@code min} to {@code max}. */
    public static Attribute decimal(String name, double min, double max) {
        return of(name, new Kind.Decimal(min, max));
    }

    /** A boolean. */
    public static Attribute bool(String name) {
        return of(name, new Kind.Bool());
    }

    /** A time. */
    public static Attribute time(String name) {
        return of(name, new Kind.Time());
    }

    /** A UUID that is not a relationship's. */
    public static Attribute id(String name) {
        return of(name, new Kind.Id());
    }

    /** One of some words. */
    public static Attribute choice(String name, String... words) {
        return of(name, new Kind.Choice(List.of(words)));
    }

    /** Any object. */
    public static Attribute object(String name) {
        return of(name, new Kind.Any());
    }

    /** An array, read-only. */
    public static Attribute list(String name) {
        return of(name, new Kind.Items());
    }

    /** An object of at most 50 strings. */
    public static Attribute strings(String name) {
        return of(name, new Kind.Strings(50));
    }

    /** An http or https URL. */
    public static Attribute url(String name) {
        return of(name, new Kind.Url());
    }

    /** A secret of at most {@code max} code points. */
    public static Attribute secret(String name, int max) {
        return of(name, new Kind.Secret(max));
    }

    /** A value with rules of its own. */
    public static Attribute special(String name, ValueParser parser) {
        return of(name, new Kind.Special(parser));
    }

    private static Attribute of(String name, Kind kind) {
        return new Attribute(name, kind, Rule.READ_ONLY, Rule.READ_ONLY, true, List.of());
    }

    /** POST needs it, and PATCH cannot set it to null. */
    public Attribute required() {
        return new Attribute(name, kind, Rule.REQUIRED, onUpdate, false, aliases);
    }

    /** POST takes it. */
    public Attribute optional() {
        return new Attribute(name, kind, Rule.OPTIONAL, onUpdate, nullable, aliases);
    }

    /** PATCH takes it. */
    public Attribute updatable() {
        return new Attribute(name, kind, onCreate, Rule.OPTIONAL, nullable, aliases);
    }

    /** PATCH cannot set it to null. */
    public Attribute notNull() {
        return new Attribute(name, kind, onCreate, onUpdate, false, aliases);
    }

    /** Other spellings on input. */
    public Attribute alias(String... spellings) {
        return new Attribute(name, kind, onCreate, onUpdate, nullable, List.of(spellings));
    }

    Rule rule(boolean creating) {
        return creating ? onCreate : onUpdate;
    }
}
