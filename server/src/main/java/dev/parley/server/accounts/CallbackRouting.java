package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.connector.RouteKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the callback routes of accounts true to their settings. */
final class CallbackRouting {

    private final Map<String, Connector> connectors;
    private final Function<String, byte[]> fingerprint;

    CallbackRouting(Map<String, Connector> connectors, Function<String, byte[]> fingerprint) {
        this.connectors = connectors;
        this.fingerprint = fingerprint;
    }

    /**
     * Writes the account's routes, unless another account of the organization has the key that names it: the first of the
     * connector's. The others may be shared, as a business account is by its numbers.
     *
     * @return that other account; null when the routes are written
     */
    AccountOutcome.@Nullable Exists write(Connection connection, AccountIdentity account, AccountState state)
            throws SQLException {
        Connector connector = connectors.get(account.provider());
        if (connector == null) {
            return null;
        }
        List<RouteKey> keys = connector.routeKeys(state.settings());
        UUID holder = keys.isEmpty() ? null : CallbackRouteStore.holder(connection, account, keys.getFirst());
        if (holder != null) {
            return new AccountOutcome.Exists(holder, keys.getFirst());
        }
        List<RouteKey> routes = new ArrayList<>(keys.stream().distinct().toList());
        if (CallbackSecrets.callsBack(connector)) {
            routes.add(new RouteKey(CallbackRouteStore.ACCOUNT, account.id().toString()));
        }
        byte[] secret = CallbackSecrets.fingerprint(
                fingerprint, connector, state.settings(), account.organizationId(), account.id());
        CallbackRouteStore.replace(connection, account, routes, secret);
        return null;
    }
}
