package dev.parley.connector;

import org.jspecify.annotations.Nullable;

/**
 * A template as its provider has it.
 *
 * @param providerId the provider's id of it
 * @param name lower case
 * @param language such as {@code en} or {@code en_US}
 * @param category {@code MARKETING}, {@code UTILITY}, {@code AUTHENTICATION}, or a newer word
 * @param named whether its variables have names, else numbers
 * @param components a JSON array in the provider's form
 * @param rejectionReason the provider's word; null for none
 * @param quality {@code GREEN}, {@code YELLOW}, {@code RED} or {@code UNKNOWN}; null when it does not say
 */
public record ProviderTemplate(
        String providerId,
        String name,
        String language,
        String category,
        boolean named,
        String components,
        TemplateStatus status,
        @Nullable String rejectionReason,
        @Nullable String quality) {}
