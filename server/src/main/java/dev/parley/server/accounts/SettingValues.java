package dev.parley.server.accounts;

import dev.parley.connector.SettingSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks single values of settings. No detail holds a value: it may be a secret. */
final class SettingValues {

    private static final int MOST_TEXT = 4_096;
    private static final int MOST_URL = 2_048;

    private final Function<URI, @Nullable String> urlCheck;

    SettingValues(Function<URI, @Nullable String> urlCheck) {
        this.urlCheck = urlCheck;
    }

    /** What came of it. */
    sealed interface Checked {
        /** The value as it is stored. */
        record Good(String value) implements Checked {}

        /** A sentence that says what to do. */
        record Bad(String detail) implements Checked {}
    }

    Checked check(SettingSpec spec, JsonNode given) {
        return switch (spec.kind()) {
            case TEXT -> text(spec.form(), given);
            case URL -> url(given);
            case INTEGER -> integer(given);
            case BOOLEAN ->
                given.isBoolean() ? new Checked.Good(given.asString()) : new Checked.Bad("Write true or false.");
        };
    }

    private static Checked text(SettingSpec.@Nullable Form form, JsonNode given) {
        String text = given.isString() ? given.stringValue() : "";
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MOST_TEXT) {
            return new Checked.Bad("Write a string of 1 to " + MOST_TEXT + " characters.");
        }
        // They end up in headers and paths of requests to the provider.
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            return new Checked.Bad("Write it without line breaks and other control characters.");
        }
        return form == null || form.matches(text)
                ? new Checked.Good(text)
                : new Checked.Bad("Write " + form.description() + ".");
    }

    private static Checked integer(JsonNode given) {
        return given.isIntegralNumber() && given.canConvertToLong()
                ? new Checked.Good(Long.toString(given.longValue()))
                : new Checked.Bad("Write a whole number.");
    }

    private Checked url(JsonNode given) {
        URI url = given.isString() ? parse(given.stringValue()) : null;
        if (url == null) {
            return new Checked.Bad("Write an absolute http or https URL of at most " + MOST_URL
                    + " characters, without user information, query and fragment.");
        }
        String refusal = urlCheck.apply(url);
        return refusal == null
                ? new Checked.Good(url.toString())
                : new Checked.Bad("This address cannot be used: " + refusal + ".");
    }

    private static @Nullable URI parse(String text) {
        if (text.length() > MOST_URL) {
            return null;
        }
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            return web && bare && url.getHost() != null ? url : null;
        } catch (URISyntaxException notAUrl) {
            return null;
        }
    }
}
