package dev.parley.connector;

/**
 * How a provider's update names the account it is for.
 *
 * @param kind a word of the connector, for example {@code phone} (number id) or {@code business} (business account id)
 * @param value the provider's id
 */
public record RouteKey(String kind, String value) {}
