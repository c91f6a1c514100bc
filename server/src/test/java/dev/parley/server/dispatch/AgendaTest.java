package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgendaTest {

    private static final AccountKey ONE = new AccountKey(UUID.randomUUID(), UUID.randomUUID());
    private static final AccountKey TWO = new AccountKey(UUID.randomUUID(), UUID.randomUUID());
    private static final Duration PACE = Duration.ofMillis(300);

    private final Agenda agenda = new Agenda(PACE);

    @Test
    void anAccountThatHadItsTurnLatelyWaitsForItsPace() throws InterruptedException {
        long begun = System.nanoTime();
        turn(ONE);
        agenda.ask(ONE, System.nanoTime());
        assertThat(agenda.take()).isEqualTo(ONE);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(PACE.toNanos());
    }

    @Test
    void whatIsAskedForDuringATurnWaitsForThePaceToo() throws InterruptedException {
        long begun = System.nanoTime();
        agenda.ask(ONE, begun);
        assertThat(agenda.take()).isEqualTo(ONE);
        agenda.ask(ONE, System.nanoTime());
        agenda.done(ONE);
        assertThat(agenda.take()).isEqualTo(ONE);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(PACE.toNanos());
    }

    @Test
    void anotherAccountNeedNotWait() throws InterruptedException {
        turn(ONE);
        agenda.ask(ONE, System.nanoTime());
        agenda.ask(TWO, System.nanoTime());
        assertThat(agenda.take()).isEqualTo(TWO);
    }

    private void turn(AccountKey account) throws InterruptedException {
        agenda.ask(account, System.nanoTime());
        assertThat(agenda.take()).isEqualTo(account);
        agenda.done(account);
    }
}
