package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connectors.Connectors;
import dev.parley.server.accounts.Account;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private static final long HOLDS = Allowances.HOLDS.toNanos();
    private static final UUID ORGANIZATION = new UUID(1, 1);
    private static final UUID ID = new UUID(2, 2);
    private static final AccountKey KEY = new AccountKey(ORGANIZATION, ID);

    private final Allowances allowances = new Allowances();
    private final Account account = new Account(
            ORGANIZATION,
            ID,
            Connectors.all().getFirst(),
            true,
            false,
            1000,
            InDoubt.FAIL,
            new AccountSettings(Map.of()));

    @Test
    void isNothingBeforeAGrant() {
        assertThat(allowances.take(KEY, 1, 0).account()).isNull();
        assertThat(allowances.withdraw(KEY)).isZero();
        assertThat(allowances.renews(KEY)).isFalse();
    }

    @Test
    void isAsManyAsWereGranted() {
        grant(3, 0);
        assertThat(taken(10, 0)).isEqualTo(3);
    }

    @Test
    void isGoneWhenItsTimeIsOver() {
        grant(3, 0);
        assertThat(taken(1, HOLDS - 1)).isEqualTo(1);
        assertThat(taken(1, HOLDS)).isZero();
    }

    @Test
    void whetherThereIsAnyIsKnown() {
        long now = System.nanoTime();
        assertThat(allowances.any(now)).isFalse();
        grant(0, now);
        assertThat(allowances.any(now)).isFalse();
        grant(3, now);
        assertThat(allowances.any(now + HOLDS - 1)).isTrue();
        assertThat(allowances.any(now + HOLDS)).isFalse();
    }

    @Test
    void isOfTheAccountAsItWas() {
        grant(3, 0);
        assertThat(allowances.take(KEY, 2, 0).account()).isNull();
        assertThat(allowances
                        .take(new AccountKey(ORGANIZATION, UUID.randomUUID()), 1, 0)
                        .account())
                .isNull();
    }

    @Test
    void whatWasNotUsedCanBeTakenOrWithdrawn() {
        grant(3, 0);
        taken(3, 0);
        allowances.giveBack(KEY);
        assertThat(taken(10, 0)).isEqualTo(1);
        allowances.giveBack(KEY);
        allowances.giveBack(KEY);
        assertThat(allowances.withdraw(KEY)).isEqualTo(2);
        assertThat(taken(10, 0)).isZero();
    }

    @Test
    void aRenewalIsAskedForOnceWhenHalfIsLeft() {
        grant(30, 0);
        assertThat(taken(14, 0)).isEqualTo(14);
        assertThat(allowances.renews(KEY)).isFalse();
        assertThat(allowances.take(KEY, 1, 0).renew()).isTrue();
        assertThat(allowances.take(KEY, 1, 0).renew()).isFalse();
        assertThat(allowances.renews(KEY)).isTrue();
        grant(30, 0);
        assertThat(allowances.renews(KEY)).isFalse();
    }

    @Test
    void aRenewalIsAskedForBeforeItsTimeIsOver() {
        grant(30, 0);
        assertThat(allowances.take(KEY, 1, HOLDS / 2).renew()).isFalse();
        assertThat(allowances.take(KEY, 1, HOLDS * 3 / 4).renew()).isTrue();
    }

    @Test
    void whoSendsNowAndThenIsGrantedNothing() {
        assertThat(allowances.wanted(KEY, 1000, 1, 100 * HOLDS)).isZero();
        assertThat(allowances.wanted(KEY, 1000, 1, 103 * HOLDS)).isZero();
    }

    @Test
    void whoSendsSteadilyIsGrantedAQuarterMoreThanThat() {
        allowances.wanted(KEY, 1000, 1, 100 * HOLDS);
        assertThat(allowances.wanted(KEY, 1000, 100, 101 * HOLDS)).isEqualTo(125);
        grant(125, 0);
        taken(80, 0);
        assertThat(allowances.wanted(KEY, 1000, 0, 102 * HOLDS)).isEqualTo(100);
    }

    @Test
    void aBurstIsBelievedStepByStep() {
        allowances.wanted(KEY, 1000, 1, 100 * HOLDS);
        int first = allowances.wanted(KEY, 1000, 10, 100 * HOLDS + HOLDS / 10);
        int second = allowances.wanted(KEY, 1000, 10, 100 * HOLDS + HOLDS / 5);
        assertThat(first).isBetween(10, 15);
        assertThat(second).isBetween(first + 5, 30);
    }

    @Test
    void whatIsGivenBackAfterALookIsNoDebt() {
        allowances.wanted(KEY, 1000, 1, 100 * HOLDS);
        grant(8, 0);
        taken(8, 0);
        allowances.wanted(KEY, 1000, 0, 101 * HOLDS);
        for (int i = 0; i < 8; i++) {
            allowances.giveBack(KEY);
        }
        assertThat(allowances.withdraw(KEY)).isEqualTo(8);
        assertThat(allowances.wanted(KEY, 1000, 0, 102 * HOLDS)).isZero();
        assertThat(allowances.wanted(KEY, -5, 0, 103 * HOLDS)).isZero();
    }

    @Test
    void othersKeepHalfOfTheRate() {
        allowances.wanted(KEY, 1000, 1, 100 * HOLDS);
        assertThat(allowances.wanted(KEY, 50, 100, 101 * HOLDS)).isEqualTo(25);
    }

    private void grant(int tokens, long now) {
        allowances.grant(new Allowances.Grant(account, 1, tokens, now + HOLDS));
    }

    private int taken(int most, long now) {
        int taken = 0;
        while (taken < most && allowances.take(KEY, 1, now).account() != null) {
            taken++;
        }
        return taken;
    }
}
