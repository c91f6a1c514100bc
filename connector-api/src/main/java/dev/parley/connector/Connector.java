package dev.parley.connector;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider's protocol. Implementations are stateless and safe for use by many threads at once.
 *
 * <p>A connector never retries and never waits for anything but the one answer it asked for: whether, when and how often a
 * message is tried is decided by whoever calls it.
 */
public interface Connector {

    /** The provider's name as it stands in a channel account, for example {@code whatsapp-cloud}. */
    String provider();

    /** The channel it serves, as it stands in a message thread, for example {@code whatsapp}. */
    String channel();

    /** What the channel can do and how fast. Constant for the life of the connector. */
    Capabilities capabilities();

    /** The settings that an account of this provider has. An unknown setting is refused, a missing required one too. */
    List<SettingSpec> settings();

    /**
     * The keys by which this provider's updates name the account, for example its phone number id. An update is routed to
     * the accounts that have its key and share the callback secret of the URL it came to.
     */
    List<RouteKey> routeKeys(AccountSettings settings);

    /**
     * Brings what a caller wrote as a thread's identifier into the one form that is stored, or says why it can't be one.
     */
    IdentifierCheck checkIdentifier(String written);

    /** The address that an outbound message to a thread with this (checked) identifier goes to. */
    Address addressOf(String identifier);

    /**
     * Hands one message to the provider. Returns within the request's deadline, never throws for anything that the
     * provider or the network does.
     */
    SendResult send(SendRequest request, Outbound outbound);

    /**
     * Whether the provider answers at all: what it is asked while it did not answer, by a call that changes nothing, before a
     * message is risked. Any answer will do but one that says that nobody is behind it, as what it knows nothing of it refuses.
     * True without a call where there is none to make: then the next message finds out. Returns within the deadline, never
     * throws.
     */
    default boolean answers(AccountSettings account, Duration deadline, Outbound outbound) {
        return true;
    }

    /**
     * How files are given to this provider and got from it; null where there is no provider to give them to: then a message
     * with a file is sent without its bytes, which whoever reads it finds here.
     */
    default @Nullable MediaTransfer media() {
        return null;
    }

    /**
     * Tells the provider that what a candidate wrote was read, up to and with one message. Only called where {@link
     * Capabilities#features()} has READ_RECEIPT. As {@link #send}, it never throws and never retries; telling it twice
     * does no harm.
     */
    default ReceiptResult markRead(ReadReceipt receipt, Outbound outbound) {
        throw new UnsupportedOperationException(provider() + " takes no read receipts");
    }

    /** What receives this provider's callbacks. */
    CallbackReceiver callbacks();

    /** What it can do about templates; null where the provider has none: then a template goes out as its text. */
    default @Nullable TemplateProvider templates() {
        return null;
    }
}
