package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Connector;
import java.util.UUID;

/**
 * A channel account as dispatch and callbacks use it.
 *
 * @param connector of its provider
 * @param connected whether it may send; a paused one keeps its messages
 * @param messagesPerSecond its rate, shared by all nodes
 * @param inDoubt what is done with a send whose outcome stays unknown
 * @param settings secrets in clear
 */
public record Account(
        UUID organizationId,
        UUID id,
        Connector connector,
        boolean connected,
        boolean deleted,
        int messagesPerSecond,
        InDoubt inDoubt,
        AccountSettings settings) {}
