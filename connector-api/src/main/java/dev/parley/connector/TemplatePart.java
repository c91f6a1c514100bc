package dev.parley.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What fills in one component of a template.
 *
 * @param kind which component
 * @param button of a button, what it does, such as {@code url} or {@code quick_reply}; null of any other component
 * @param index of a button, its place among all buttons, from 0
 * @param parameters in the order of the variables, where these are numbered
 */
public record TemplatePart(Kind kind, @Nullable String button, int index, List<Parameter> parameters) {

    /** The kinds of components that take parameters. */
    public enum Kind {
        HEADER,
        BODY,
        BUTTON
    }

    /** One value. */
    public sealed interface Parameter {

        /**
         * A text.
         *
         * @param name of its variable; null where variables are numbered
         */
        record Text(@Nullable String name, String value) implements Parameter {}

        /**
         * An amount of money.
         *
         * @param name of its variable; null where variables are numbered
         * @param fallback how it reads where it can't be put into the candidate's own form
         * @param code ISO 4217
         * @param thousandths the amount times 1,000
         */
        record Currency(@Nullable String name, String fallback, String code, long thousandths) implements Parameter {}

        /**
         * A date or time.
         *
         * @param name of its variable; null where variables are numbered
         * @param fallback how it reads
         */
        record DateTime(@Nullable String name, String fallback) implements Parameter {}

        /**
         * The file of a header.
         *
         * @param kind {@code image}, {@code video} or {@code document}
         * @param link where the provider fetches it
         * @param filename of a document; null for none
         */
        record Media(String kind, String link, @Nullable String filename) implements Parameter {}

        /** The place of a header. */
        record Place(
                double latitude,
                double longitude,
                @Nullable String name,
                @Nullable String address) implements Parameter {}

        /**
         * What a button takes.
         *
         * @param type {@code text}, {@code payload} or {@code coupon_code}
         */
        record Button(String type, String value) implements Parameter {}
    }

    /** Values are a candidate's and stay out of logs. */
    @Override
    public String toString() {
        return "TemplatePart[" + kind + ", " + parameters.size() + "]";
    }
}
