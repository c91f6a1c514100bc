package dev.parley.connector;

import org.jspecify.annotations.Nullable;

/** What changed of a template at its provider. */
public sealed interface TemplateChange {

    /**
     * Its status.
     *
     * @param reason the provider's word for why; null for none
     * @param category as the update names it; null when it does not
     */
    record Status(
            TemplateStatus status,
            @Nullable String reason,
            @Nullable String category) implements TemplateChange {}

    /** Its quality: {@code GREEN}, {@code YELLOW}, {@code RED} or {@code UNKNOWN}. */
    record Quality(String quality) implements TemplateChange {}

    /** Its category. */
    record Category(String category) implements TemplateChange {}

    /** Something that the update does not give whole, or that has no counterpart here: the provider is to be asked. */
    record Other() implements TemplateChange {}
}
