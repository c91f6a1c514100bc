package dev.parley.server.threads;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.connector.Address;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connectors.Connectors;
import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.util.List;

/** Identifiers of threads: what is taken has one form, which is taken as it is, and fits an address. */
public final class IdentifierFuzz implements FuzzTarget {

    private static final List<String> CHANNELS = List.of("whatsapp", "sms", "facebook-messenger", "email", "web");

    private final ChannelIdentifiers identifiers = new ChannelIdentifiers(Connectors.all());

    @Override
    public void take(byte[] input) {
        String written = Seeds.text(input);
        for (String channel : CHANNELS) {
            if (identifiers.check(channel, written) instanceof IdentifierCheck.Valid(String form)) {
                hold(
                        identifiers.check(channel, form).equals(new IdentifierCheck.Valid(form)),
                        "one form on " + channel);
                hold(!form.isBlank() && form.length() <= 320, "a length that is stored on " + channel);
                Address address = identifiers.addressOf(channel, form);
                hold(address.value().equals(form), "the address of its form on " + channel);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "+1 (415) 555-0123",
                "0014155550123",
                "+52 1 55 1234 5678",
                "+49 (0)30 123456",
                "US.ENT.13491208655302741918",
                " ada@example.org ",
                "visitor-7",
                "(0)".repeat(3_000),
                "a".repeat(64) + "@" + "b".repeat(255),
                "\u200e+49\u00a0151\u201023456789",
                "\u0661\u0662\u0663\u0664\u0665\u0666\u0667");
    }
}
