package dev.parley.connectors.web;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.Capabilities;
import dev.parley.connector.Capabilities.Evidence;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connector.Outbound;
import dev.parley.connector.RouteKey;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.connector.SettingSpec;
import dev.parley.connector.SettingSpec.Kind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Web chat on the customer's own site. There is no provider behind it: a message is sent once it is stored, and the site
 * learns of it by webhook or by reading messages. What visitors write, the site's back-end posts as {@link WebCallbacks}
 * describes.
 *
 * <p>A send reaches no network, so its outcome is never unknown for any reason but a crash of the server itself. It is then
 * sent again ({@code RESEND}): nothing leaves twice, as nothing leaves, and the id is made of the reference alone.
 */
public final class WebConnector implements Connector {

    /** The provider's name in a channel account, and the channel's in a thread. */
    public static final String NAME = "web";

    static final String SECRET = "secret";

    static final int TEXT_LIMIT = 10_000;

    /** The site reads messages as the API shows them; it is told of what was read by events. */
    private static final Set<Capabilities.Feature> FEATURES =
            EnumSet.complementOf(EnumSet.of(Capabilities.Feature.READ_RECEIPT));

    private static final Capabilities CAPABILITIES = new Capabilities(
            null, TEXT_LIMIT, 1_000, null, Evidence.NONE, InDoubt.RESEND, true, WebMedia.RULES, FEATURES);

    private static final List<SettingSpec> SETTINGS = List.of(new SettingSpec(
            SECRET,
            Kind.TEXT,
            true,
            true,
            null,
            "Signs what the site's back-end posts; 32 random bytes are a good one."));

    private static final Pattern VISITOR = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private final CallbackReceiver callbacks = new WebCallbacks();

    @Override
    public String provider() {
        return NAME;
    }

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<SettingSpec> settings() {
        return SETTINGS;
    }

    /** None: what a site posts to an account's URL is for that account. */
    @Override
    public List<RouteKey> routeKeys(AccountSettings settings) {
        return List.of();
    }

    @Override
    public IdentifierCheck checkIdentifier(String written) {
        String trimmed = written.strip();
        return isVisitor(trimmed)
                ? new IdentifierCheck.Valid(trimmed)
                : new IdentifierCheck.Invalid(
                        "A visitor's id has 1 to 128 letters, digits, underscores, dots and hyphens; write the site's own.");
    }

    @Override
    public Address addressOf(String identifier) {
        return new Address(Address.USER, identifier);
    }

    @Override
    public SendResult send(SendRequest request, Outbound outbound) {
        UUID id = UUID.nameUUIDFromBytes(request.reference().getBytes(StandardCharsets.UTF_8));
        return new SendResult.Accepted("web-" + id, List.of(request.to()), false);
    }

    @Override
    public CallbackReceiver callbacks() {
        return callbacks;
    }

    static boolean isVisitor(String text) {
        return VISITOR.matcher(text).matches();
    }
}
