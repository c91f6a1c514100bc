package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.Capabilities;
import dev.parley.connector.Capabilities.Evidence;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connector.Capabilities.PairRate;
import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connector.MediaTransfer;
import dev.parley.connector.Outbound;
import dev.parley.connector.ReadReceipt;
import dev.parley.connector.ReceiptResult;
import dev.parley.connector.RouteKey;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.connector.SettingSpec;
import dev.parley.connector.TemplateProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * WhatsApp through Meta's Cloud API, Graph v26.0 unless an account says otherwise. Every kind of message, files and
 * templates.
 *
 * <p>Graph knows no idempotency key: a send without an answer is in doubt, and only a later status that echoes our
 * reference ({@code biz_opaque_callback_data}) tells that it was sent. An answer with Graph's error object, of whatever HTTP
 * status, means that it was not. The codes of refusals are listed at {@link WhatsAppErrors}.
 */
public final class WhatsAppConnector implements Connector {

    /** The provider's name in a channel account. */
    public static final String PROVIDER = "whatsapp-cloud";

    /** The channel's name in a thread. */
    public static final String CHANNEL = "whatsapp";

    /** The kind of route key that holds a phone number id; messages and statuses carry it. */
    public static final String ROUTE_PHONE = "phone";

    /** The kind of route key that holds a WhatsApp Business account id; account-level updates carry it. */
    public static final String ROUTE_BUSINESS = "business";

    /** Meta's pages "customer service window", "text messages", "throughput" and "pair rate limits". */
    private static final Capabilities CAPABILITIES = new Capabilities(
            Duration.ofHours(24),
            4_096,
            80,
            new PairRate(45, Duration.ofSeconds(6)),
            Evidence.CALLBACK,
            InDoubt.FAIL,
            true,
            WhatsAppMedia.RULES,
            EnumSet.allOf(Capabilities.Feature.class));

    private final WhatsAppSender sender;
    private final WhatsAppReach reach;
    private final CallbackReceiver callbacks;
    private final MediaTransfer media;
    private final TemplateProvider templates;

    public WhatsAppConnector() {
        WhatsAppErrors errors = new WhatsAppErrors();
        this.media = new WhatsAppMedia(errors);
        this.sender = new WhatsAppSender(errors);
        this.reach = new WhatsAppReach(errors);
        this.callbacks = new WhatsAppCallbacks(new UpdateParser(errors));
        this.templates = new WhatsAppTemplates(errors);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<SettingSpec> settings() {
        return WhatsAppSettings.ALL;
    }

    @Override
    public List<RouteKey> routeKeys(AccountSettings settings) {
        List<RouteKey> keys = new ArrayList<>();
        String number = settings.find(WhatsAppSettings.PHONE_NUMBER_ID);
        if (number != null) {
            keys.add(new RouteKey(ROUTE_PHONE, number));
        }
        String business = settings.find(WhatsAppSettings.BUSINESS_ACCOUNT_ID);
        if (business != null) {
            keys.add(new RouteKey(ROUTE_BUSINESS, business));
        }
        return List.copyOf(keys);
    }

    @Override
    public IdentifierCheck checkIdentifier(String written) {
        return WhatsAppIdentifiers.check(written);
    }

    @Override
    public Address addressOf(String identifier) {
        return WhatsAppIdentifiers.addressOf(identifier);
    }

    @Override
    public SendResult send(SendRequest request, Outbound outbound) {
        return sender.send(request, outbound);
    }

    @Override
    public boolean answers(AccountSettings account, Duration deadline, Outbound outbound) {
        return reach.answers(account, deadline, outbound);
    }

    @Override
    public MediaTransfer media() {
        return media;
    }

    @Override
    public ReceiptResult markRead(ReadReceipt receipt, Outbound outbound) {
        return sender.markRead(receipt, outbound);
    }

    @Override
    public CallbackReceiver callbacks() {
        return callbacks;
    }

    @Override
    public TemplateProvider templates() {
        return templates;
    }
}
