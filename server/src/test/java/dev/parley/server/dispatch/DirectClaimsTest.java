package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.connectors.Connectors;
import dev.parley.server.accounts.Account;
import dev.parley.server.messages.AcceptClaims;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.Origin;
import dev.parley.server.messages.Phase;
import dev.parley.server.platform.db.CommitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is claimed by a commit, and who holds its permit meanwhile. */
class DirectClaimsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final UUID ORGANIZATION = new UUID(1, 1);

    private final Account account = new Account(
            ORGANIZATION,
            new UUID(2, 2),
            Connectors.all().stream()
                    .filter(connector -> connector.provider().equals("whatsapp-cloud"))
                    .findFirst()
                    .orElseThrow(),
            true,
            false,
            1000,
            InDoubt.FAIL,
            new AccountSettings(Map.of()));
    private final Allowances allowances = new Allowances();
    private final Doorman door = new Doorman();
    private final DirectClaims claims = new DirectClaims(allowances, Duration.ofSeconds(90), door);

    @Test
    void leaseAndWindowRunFromBeforeAnythingWasWaitedFor() {
        AcceptClaims.Batch batch = begin(1);
        long begun = System.nanoTime();
        assertThat(batch.claim(candidacy())).isNotNull();
        batch.ended(CommitOutcome.COMMITTED);
        assertThat(door.sent).hasSize(1);
        assertThat(door.sent.getFirst().claimedAt()).isLessThanOrEqualTo(begun);
    }

    @Test
    void aPermitIsHeldUntilItIsKnownThatNothingWasSent() {
        AcceptClaims.Batch batch = begin(1);
        assertThat(batch.claim(candidacy())).isNotNull();
        batch.ended(CommitOutcome.UNKNOWN);
        assertThat(door.unsent).hasSize(1);
        assertThat(door.held).isEqualTo(1);
        assertThat(allowances.withdraw(AccountKey.of(account))).isZero();
    }

    @Test
    void tokenAndPermitOfWhatIsRolledBackAreFree() {
        AcceptClaims.Batch batch = begin(1);
        assertThat(batch.claim(candidacy())).isNotNull();
        assertThat(batch.claim(candidacy())).as("there is one token").isNull();
        batch.ended(CommitOutcome.ABORTED);
        assertThat(door.held).isZero();
        assertThat(door.sent).isEmpty();
        assertThat(allowances.withdraw(AccountKey.of(account))).isEqualTo(1);
    }

    private AcceptClaims.Batch begin(int tokens) {
        allowances.grant(new Allowances.Grant(
                account, 1, tokens, System.nanoTime() + Duration.ofMinutes(1).toNanos()));
        return claims.begin();
    }

    private AcceptClaims.Candidacy candidacy() {
        Message message = new Message(
                ORGANIZATION,
                UUID.randomUUID(),
                UUID.randomUUID(),
                Origin.OUTBOUND,
                "Ada",
                "{\"type\":\"text\",\"text\":{\"value\":\"hello\"}}",
                null,
                Delivery.acceptedAt(NOW),
                Phase.QUEUED,
                null,
                NOW.plus(Duration.ofHours(24)),
                1,
                NOW,
                NOW);
        AcceptClaims.Idle idle = new AcceptClaims.Idle(0, "31612345678", 1, null, null, Duration.ofHours(23));
        return new AcceptClaims.Candidacy(message, account.id(), 1, true, idle, NOW);
    }

    private static final class Doorman implements DirectClaims.Door {

        private final List<Duty> sent = new ArrayList<>();
        private final List<Duty> unsent = new ArrayList<>();
        private int held;

        @Override
        public boolean enter(AccountKey account) {
            held++;
            return true;
        }

        @Override
        public void leave() {
            held--;
        }

        @Override
        public void renew(AccountKey account) {}

        @Override
        public void send(Duty duty) {
            sent.add(duty);
        }

        @Override
        public void notSent(Duty duty) {
            unsent.add(duty);
        }
    }
}
