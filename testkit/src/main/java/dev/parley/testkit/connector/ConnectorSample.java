package dev.parley.testkit.connector;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Connector;
import dev.parley.connector.Content;
import dev.parley.connector.Outbound.Exchange;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ConnectorContract} must know of one connector to test it.
 *
 * @param connector the one under test
 * @param account every setting of an account; each value, above all each secret, is unlike any other text
 * @param content what can be sent
 * @param identifier a valid one, in the form that is stored
 * @param spellings other ways to write {@code identifier}
 * @param noIdentifiers what is none
 * @param accepted an answer that says yes; null when the connector reaches no network
 * @param refused an answer that says no with the provider's own error; null when the connector reaches no network
 * @param callback a valid body
 * @param updates how many updates {@code callback} holds, all of them understood
 * @param sign makes the headers, names in lower case, that sign a body with {@code account}'s secret
 */
public record ConnectorSample(
        Connector connector,
        AccountSettings account,
        Content content,
        String identifier,
        List<String> spellings,
        List<String> noIdentifiers,
        Exchange.@Nullable Answer accepted,
        Exchange.@Nullable Answer refused,
        String callback,
        int updates,
        Function<byte[], Map<String, String>> sign) {}
