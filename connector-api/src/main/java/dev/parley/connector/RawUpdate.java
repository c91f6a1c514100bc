package dev.parley.connector;

import org.jspecify.annotations.Nullable;

/**
 * One update of a callback, self-contained.
 *
 * @param route whom it is for; null when it does not say, and then it is for the account whose URL it came to
 * @param json what {@link CallbackReceiver#parse} understands
 */
public record RawUpdate(@Nullable RouteKey route, String json) {
    @Override
    public String toString() {
        return "RawUpdate[" + json.length() + " characters]";
    }
}
