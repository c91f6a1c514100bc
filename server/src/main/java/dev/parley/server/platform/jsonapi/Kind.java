package dev.parley.server.platform.jsonapi;

import java.util.List;

/** What the values of an attribute or of a filter are. */
public sealed interface Kind {

    /** A string; lengths in code points. */
    record Text(int min, int max) implements Kind {}

    /** A whole number. */
    record Whole(long min, long max) implements Kind {}

    /** A number that may have a fraction. */
    record Decimal(double min, double max) implements Kind {}

    /** True or false. */
    record Bool() implements Kind {}

    /** A time, see {@link Times}. */
    record Time() implements Kind {}

    /** A UUID. */
    record Id() implements Kind {}

    /** One of some words, in any case; the listed spelling is the one that is stored and shown. */
    record Choice(List<String> words) implements Kind {}

    /** Any object. */
    record Any() implements Kind {}

    /** An array; only for attributes that are never written. */
    record Items() implements Kind {}

    /** An object of strings: at most so many, names to 64 and values to 1,024 code points. */
    record Strings(int max) implements Kind {}

    /** An absolute http or https URL without user information, to 2,048 characters. */
    record Url() implements Kind {}

    /** A string that reads as {@code ***}; writing that back changes nothing. */
    record Secret(int max) implements Kind {}

    /** Something with rules of its own. */
    record Special(ValueParser parser) implements Kind {}
}
