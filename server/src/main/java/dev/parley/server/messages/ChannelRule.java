package dev.parley.server.messages;

import dev.parley.connector.Connector;

/**
 * What the statement that accepts messages must know of a channel.
 *
 * @param windowed whether free text may go out only within the window
 * @param textLimit the most UTF-16 code units of a text
 */
public record ChannelRule(String channel, boolean windowed, int textLimit) {

    /** The rule that a connector's capabilities make. */
    public static ChannelRule of(Connector connector) {
        return new ChannelRule(
                connector.channel(),
                connector.capabilities().window() != null,
                connector.capabilities().textLimit());
    }
}
