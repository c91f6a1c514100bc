package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connectors.Connectors;
import dev.parley.server.accounts.Account;
import dev.parley.server.dispatch.ClaimStore.Locked;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What claims and allowances of one node let through together, where it matters: a steady stream has left an allowance, the
 * account's rate recovers in a pause in which that holds, and then more comes than may be sent.
 */
class AllowedRateTest {

    private static final int PER_SECOND = 1000;
    private static final int MILLIS = 60_000;
    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");

    private final Account account = new Account(
            new UUID(1, 1),
            new UUID(2, 2),
            Connectors.all().getFirst(),
            true,
            false,
            PER_SECOND,
            InDoubt.FAIL,
            new AccountSettings(Map.of()));
    private final AccountKey key = AccountKey.of(account);
    private final Allowances allowances = new Allowances();
    private double tokens = 1;
    private Instant refilledAt = START;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noSecondSeesMoreThanTheRateAndATenth(long seed) {
        Random random = new Random(seed);
        int[] sent = new int[MILLIS];
        int waiting = 0;
        int steadyUntil = 0;
        int pausedUntil = 0;
        int floodedUntil = 0;
        for (int millis = 0; millis < MILLIS; millis++) {
            if (millis == floodedUntil) {
                waiting = 0;
                steadyUntil = millis + 200 + random.nextInt(200);
                pausedUntil = steadyUntil + random.nextInt(100);
                floodedUntil = pausedUntil + 1_100;
            }
            int demand = millis < steadyUntil ? millis % 2 : millis < pausedUntil ? 0 : 100;
            waiting += demand;
            while (waiting > 0 && allowances.take(key, 1, nanos(millis)).account() != null) {
                waiting--;
                sent[millis]++;
            }
            if (millis % 10 == 0 && (waiting > 0 || allowances.renews(key))) {
                int claimed = claim(waiting, millis);
                waiting -= claimed;
                sent[millis] += claimed;
            }
        }
        assertThat(mostOfASecond(sent)).isBetween(PER_SECOND / 2, PER_SECOND + PER_SECOND / 10);
    }

    /** As {@link Claimer} reckons; how many it sends. */
    private int claim(int waiting, int millis) {
        Instant now = START.plusMillis(millis);
        AccountRate rate = AccountRate.of(new Locked(account, 1, tokens, refilledAt, 0, false, now), Claimer.SLICE);
        int claimed = Math.min(waiting, rate.whole());
        AccountRate left = rate.taken(claimed, 0);
        if (claimed < rate.whole()) {
            left = left.givenBack(allowances.withdraw(key));
            int granted = allowances.wanted(key, left.whole(), claimed, nanos(millis));
            allowances.grant(new Allowances.Grant(account, 1, granted, nanos(millis) + Allowances.HOLDS.toNanos()));
            left = left.taken(granted, 0);
        }
        tokens = left.tokens();
        refilledAt = now;
        return claimed;
    }

    private static long nanos(int millis) {
        return millis * 1_000_000L;
    }

    private static int mostOfASecond(int[] sent) {
        int most = 0;
        int window = 0;
        for (int millis = 0; millis < sent.length; millis++) {
            window += sent[millis] - (millis < 1000 ? 0 : sent[millis - 1000]);
            most = Math.max(most, window);
        }
        return most;
    }
}
