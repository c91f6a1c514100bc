package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.connector.SettingSpec;
import dev.parley.server.events.Event;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is shown of an account: everything but its secrets. */
final class AccountView {

    /** How a secret reads that is set. */
    static final String MASK = "***";

    private final Map<String, Connector> connectors;
    private final Supplier<String> publicUrl;

    AccountView(Map<String, Connector> connectors, Supplier<String> publicUrl) {
        this.connectors = connectors;
        this.publicUrl = publicUrl;
    }

    Resource resource(AccountRow row) {
        return new Resource(row.identity().id(), attributes(row), meta(row));
    }

    /**
     * The event of a change that was just written.
     *
     * @param fields what changed, for an update
     */
    Event event(Event.Kind kind, AccountRow row, List<String> fields) {
        ObjectNode state = Json.MAPPER.createObjectNode();
        state.set("attributes", attributes(row));
        state.set("meta", meta(row));
        return new Event(
                row.identity().organizationId(),
                kind,
                AccountType.TYPE,
                row.identity().id(),
                null,
                fields,
                kind == Event.Kind.DELETE ? null : Json.text(state),
                row.updatedAt());
    }

    private static ObjectNode meta(AccountRow row) {
        return Json.MAPPER.createObjectNode().put("version", row.version());
    }

    private ObjectNode attributes(AccountRow row) {
        AccountIdentity identity = row.identity();
        AccountState state = row.state();
        Connector connector = connectors.get(identity.provider());
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("channel", identity.channel());
        node.put("provider", identity.provider());
        node.put("name", state.name());
        node.put("isDefault", state.isDefault());
        node.put("status", state.connected() ? "connected" : "paused");
        node.put("statusReason", state.statusReason());
        node.put("messagesPerSecond", state.messagesPerSecond());
        node.put("inDoubt", state.inDoubt().name().toLowerCase(Locale.ROOT));
        node.put("callbackUrl", callbackUrl(identity, connector));
        node.set("settings", settings(state, connector));
        node.put("createdAt", Json.time(row.createdAt()));
        node.put("updatedAt", Json.time(row.updatedAt()));
        return node;
    }

    private @Nullable String callbackUrl(AccountIdentity identity, @Nullable Connector connector) {
        return connector == null || !CallbackSecrets.callsBack(connector)
                ? null
                : publicUrl.get() + "/callbacks/" + identity.provider() + "/" + identity.id();
    }

    /** Empty for a provider of a newer release, whose settings are not known to be secret or not. */
    private static ObjectNode settings(AccountState state, @Nullable Connector connector) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        if (connector != null) {
            for (SettingSpec spec : connector.settings()) {
                put(node, spec, state.settings().find(spec.name()));
            }
        }
        return node;
    }

    private static void put(ObjectNode node, SettingSpec spec, @Nullable String value) {
        if (value == null) {
            node.putNull(spec.name());
        } else if (spec.secret()) {
            node.put(spec.name(), MASK);
        } else {
            switch (spec.kind()) {
                case TEXT, URL -> node.put(spec.name(), value);
                case INTEGER -> node.put(spec.name(), Long.parseLong(value));
                case BOOLEAN -> node.put(spec.name(), Boolean.parseBoolean(value));
            }
        }
    }
}
