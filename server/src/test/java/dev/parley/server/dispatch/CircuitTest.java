package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final long SECOND = 1_000_000_000L;

    private final Circuit circuit = new Circuit(new Circuit.Limits(3, Duration.ofSeconds(1), Duration.ofSeconds(3)));
    private long now = Long.MAX_VALUE - 5 * SECOND;

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(now);
        }
    }

    private int allowed() {
        return circuit.allowed(50, now);
    }

    @Test
    void opensAfterFailuresInARow() {
        fail(2);
        circuit.answered();
        fail(2);
        assertThat(allowed()).isEqualTo(50);
        fail(1);
        assertThat(circuit.isOpen()).isTrue();
        assertThat(allowed()).isZero();
        assertThat(circuit.again(now)).isEqualTo(now + SECOND);
    }

    @Test
    void letsOneTryAtATime() {
        fail(3);
        now += SECOND;
        assertThat(allowed()).isEqualTo(1);
        assertThat(allowed()).as("while it is under way").isZero();
        assertThat(circuit.again(now)).isEqualTo(now + SECOND);
        circuit.failed(now);
        circuit.tried();
        assertThat(allowed()).isZero();
        assertThat(circuit.again(now)).as("twice as long").isEqualTo(now + 2 * SECOND);
        now += 2 * SECOND;
        assertThat(allowed()).isEqualTo(1);
        circuit.failed(now);
        circuit.tried();
        assertThat(circuit.again(now)).as("the longest").isEqualTo(now + 3 * SECOND);
    }

    @Test
    void letsAnotherTryWhereOneCalledNobody() {
        fail(3);
        now += SECOND;
        assertThat(allowed()).isEqualTo(1);
        circuit.tried();
        assertThat(allowed()).isEqualTo(1);
    }

    @Test
    void closesWithOneAnswer() {
        fail(7);
        now += SECOND;
        assertThat(allowed()).isEqualTo(1);
        circuit.answered();
        assertThat(circuit.isOpen()).isFalse();
        assertThat(allowed()).isEqualTo(50);
    }
}
