package dev.parley.server.webhooks.delivery;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an endpoint says of when to come again: a wait that is bounded, or none. */
public final class RetryAfterFuzz implements FuzzTarget {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Override
    public void take(byte[] input) {
        Duration wait = RetryAfter.read(Seeds.latin(input), NOW);
        hold(wait == null || (wait.isPositive() && wait.compareTo(RetryAfter.LONGEST) <= 0), "a bounded wait");
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of("120", "999999999", "Sat, 28 Nov 2026 12:01:00 GMT", "Fri, 31 Dec 9999 23:59:59 -1200", "-1");
    }
}
