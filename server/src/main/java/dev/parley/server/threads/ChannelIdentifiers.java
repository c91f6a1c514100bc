package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a person is written on each channel. A channel with a connector has the connector's rules; on the others threads can
 * be made already, so they have simple ones here.
 */
final class ChannelIdentifiers {

    /** Every channel that a thread can be on. */
    static final String[] CHANNELS = {"whatsapp", "sms", "facebook-messenger", "telegram", "email", "web"};

    private static final int LONGEST = 255;
    private static final Pattern DECORATION = Pattern.compile("[\\s\\p{Z}\\p{Pd}().]");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{6,14}");
    private static final Pattern MAILBOX = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,255}");

    private final Map<String, Connector> connectors = new HashMap<>();

    ChannelIdentifiers(List<Connector> connectors) {
        connectors.forEach(connector -> this.connectors.putIfAbsent(connector.channel(), connector));
    }

    IdentifierCheck check(String channel, String written) {
        Connector connector = connectors.get(channel);
        if (connector != null) {
            return connector.checkIdentifier(written);
        }
        return switch (channel) {
            case "sms" -> number(written);
            case "email" -> mailbox(written.strip());
            default -> plain(written.strip());
        };
    }

    Address addressOf(String channel, String identifier) {
        Connector connector = connectors.get(channel);
        if (connector != null) {
            return connector.addressOf(identifier);
        }
        return new Address(channel.equals("sms") ? Address.PHONE : Address.USER, identifier);
    }

    private static IdentifierCheck number(String written) {
        String digits = DECORATION.matcher(written).replaceAll("").replaceFirst("^(\\+|00)", "");
        return NUMBER.matcher(digits).matches()
                ? new IdentifierCheck.Valid(digits)
                : new IdentifierCheck.Invalid(
                        "It is not a phone number; write it with its country code, for example 14155550123.");
    }

    private static IdentifierCheck mailbox(String written) {
        return MAILBOX.matcher(written).matches()
                ? new IdentifierCheck.Valid(written)
                : new IdentifierCheck.Invalid("It is not an e-mail address; write one such as name@example.org.");
    }

    private static IdentifierCheck plain(String written) {
        return !written.isEmpty() && written.length() <= LONGEST
                ? new IdentifierCheck.Valid(written)
                : new IdentifierCheck.Invalid("Write 1 to " + LONGEST + " characters.");
    }
}
