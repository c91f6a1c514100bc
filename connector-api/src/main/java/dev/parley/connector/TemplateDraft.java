package dev.parley.connector;

/**
 * A template to hand in.
 *
 * @param name lower-case letters, digits and underscores
 * @param language such as {@code en} or {@code en_US}
 * @param category {@code MARKETING}, {@code UTILITY} or {@code AUTHENTICATION}
 * @param named whether its variables have names, else numbers
 * @param components a JSON array in the provider's form
 */
public record TemplateDraft(String name, String language, String category, boolean named, String components) {}
