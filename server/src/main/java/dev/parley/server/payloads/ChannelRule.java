package dev.parley.server.payloads;

import dev.parley.connector.Capabilities;
import dev.parley.connector.Connector;

/**
 * What accepting a message must know of its channel.
 *
 * @param can what the channel takes, and how much
 */
public record ChannelRule(String channel, Capabilities can) {

    /** The rule that a connector's capabilities make. */
    public static ChannelRule of(Connector connector) {
        return new ChannelRule(connector.channel(), connector.capabilities());
    }

    /** Whether free-form content may go out only within the window. */
    public boolean windowed() {
        return can.window() != null;
    }
}
