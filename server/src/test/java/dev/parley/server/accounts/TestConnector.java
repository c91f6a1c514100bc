package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.Capabilities;
import dev.parley.connector.Capabilities.Evidence;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connector.Outbound;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RawUpdate;
import dev.parley.connector.RouteKey;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.connector.SettingSpec;
import dev.parley.connector.SettingSpec.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Connectors of which accounts use what they declare, and nothing else. */
record TestConnector(
        String provider, String channel, int rate, InDoubt inDoubt, List<SettingSpec> settings, List<String> keys)
        implements Connector, CallbackReceiver {

    /** With a setting of each kind, a secret that can be left out, and two keys of which the second is shared. */
    static final TestConnector PHONE = new TestConnector(
            "whatsapp-cloud",
            "whatsapp",
            80,
            InDoubt.FAIL,
            List.of(
                    new SettingSpec("phoneNumberId", Kind.TEXT, true, false, null, "The number's id."),
                    new SettingSpec("businessAccountId", Kind.TEXT, true, false, null, "The business account's id."),
                    new SettingSpec("accessToken", Kind.TEXT, true, true, null, "The token."),
                    new SettingSpec("appSecret", Kind.TEXT, true, true, null, "Signs callbacks."),
                    new SettingSpec("proxyPassword", Kind.TEXT, false, true, null, "For a proxy."),
                    new SettingSpec("port", Kind.INTEGER, false, false, null, "A port."),
                    new SettingSpec("tls", Kind.BOOLEAN, false, false, null, "Whether to encrypt."),
                    new SettingSpec("baseUrl", Kind.URL, false, false, "https://graph.example", "The address.")),
            List.of("phoneNumberId", "businessAccountId"));

    /** Without a provider behind it: no settings, no callbacks. */
    static final TestConnector WEB = new TestConnector("web", "web", 200, InDoubt.RESEND, List.of(), List.of());

    @Override
    public Capabilities capabilities() {
        return new Capabilities(null, 4096, rate, null, Evidence.CALLBACK, inDoubt, true);
    }

    @Override
    public List<RouteKey> routeKeys(AccountSettings account) {
        return keys.stream().map(key -> new RouteKey(key, account.require(key))).toList();
    }

    @Override
    public CallbackReceiver callbacks() {
        return this;
    }

    @Override
    public String secretSetting() {
        return "appSecret";
    }

    @Override
    public boolean isAuthentic(AccountSettings account, Map<String, String> headers, byte[] body) {
        return Objects.equals(account.find("appSecret"), headers.get("x-secret"));
    }

    @Override
    public String answerChallenge(AccountSettings account, Map<String, String> query) {
        throw unused();
    }

    @Override
    public List<RawUpdate> split(byte[] body) {
        throw unused();
    }

    @Override
    public ProviderUpdate parse(String json) {
        throw unused();
    }

    @Override
    public IdentifierCheck checkIdentifier(String written) {
        throw unused();
    }

    @Override
    public Address addressOf(String identifier) {
        throw unused();
    }

    @Override
    public SendResult send(SendRequest request, Outbound outbound) {
        throw unused();
    }

    static List<Connector> all() {
        return Stream.<Connector>of(PHONE, WEB).toList();
    }

    private static AssertionError unused() {
        return new AssertionError("accounts have no use for this");
    }
}
