package dev.parley.server.events.stream;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretBox;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Tickets for streams: nobody gets in with what was not sealed here. */
public final class TicketFuzz implements FuzzTarget {

    private final Tickets tickets = new Tickets(
            new SecretBox(new Secret(Base64.getEncoder().encodeToString(new byte[32])), new SecureRandom()),
            InstantSource.system(),
            tokens -> Set.of());

    @Override
    public void take(byte[] input) {
        hold(tickets.authenticate(Seeds.latin(input)) == null, "no ticket as it comes");
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
        hold(tickets.authenticate(encoded) == null, "no ticket of these bytes");
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "", "AQ", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\u0001" + "x".repeat(60));
    }
}
