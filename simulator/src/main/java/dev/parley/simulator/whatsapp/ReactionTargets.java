package dev.parley.simulator.whatsapp;

import dev.parley.simulator.ledger.Ledger;
import dev.parley.simulator.whatsapp.SendRequest.Content;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Which messages can be reacted to: those of the last 30 days, in either direction, that are no reactions themselves. */
final class ReactionTargets {

    static final long MAX_AGE_SECONDS = Duration.ofDays(30).toSeconds();
    private static final int INVALID = 131009;

    private final Ledger ledger;
    private final InstantSource clock;

    ReactionTargets(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The code with which a send fails by callback; null when it does not, or is no reaction. */
    @Nullable
    Integer fault(BusinessNumber number, Content content) {
        if (!(content instanceof Content.Reaction(String target, String _))) {
            return null;
        }
        long oldest = clock.instant().getEpochSecond() - MAX_AGE_SECONDS;
        Long received = number.receivedAt(target);
        if (received != null) {
            return received >= oldest ? null : Integer.valueOf(INVALID);
        }
        boolean unknown = ledger.read(0, 1, entry -> {
                    var accepted = entry.accepted();
                    return accepted.providerId().equals(target)
                            && accepted.phoneNumberId().equals(number.settings().phoneNumberId())
                            && !accepted.type().equals("reaction")
                            && entry.receivedAtMicros() >= oldest * 1_000_000;
                })
                .entries()
                .isEmpty();
        return unknown ? Integer.valueOf(INVALID) : null;
    }
}
