package dev.parley.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider's error and what it means for the message.
 *
 * @param providerCode the provider's own code, as text
 * @param providerText the provider's own words; may be empty
 * @param providerJson the provider's own error object as JSON text, for people; null when it sent none
 * @param code Parley's stable code for the caller, for example {@code recipient_unreachable}
 * @param title a short phrase for the code, the same each time
 * @param detail a sentence that says what to do
 * @param action what is done about it
 * @param maxAttempts how often a message with this error is tried in all, where {@code action} is a back-off; 0 for as
 *     often as its expiry allows
 * @param retryAfter how long the provider asked to wait; null when it did not say
 */
public record ProviderError(
        String providerCode,
        String providerText,
        @Nullable String providerJson,
        String code,
        String title,
        String detail,
        ErrorAction action,
        int maxAttempts,
        @Nullable Duration retryAfter) {

    /** The provider's words may repeat what was sent, so they stay out of logs. */
    @Override
    public String toString() {
        return "ProviderError[" + providerCode + " " + code + " " + action + "]";
    }
}
