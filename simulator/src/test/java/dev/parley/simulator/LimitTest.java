package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitTest extends SimulatorTest {

    private void writes(String from) throws Exception {
        control(
                "POST",
                "/reply",
                "{\"phoneNumberId\":\"%s\",\"from\":\"%s\",\"text\":\"hi\",\"wait\":true}".formatted(NUMBER, from));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void shouldKeepThePairRate() throws Exception {
        register(",\"pairLimit\":true");
        for (int i = 0; i < 45; i++) {
            assertThat(send().statusCode()).isEqualTo(200);
        }
        var answer = send();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("code").asInt()).isEqualTo(131056);
        assertThat(send("+16505559999", "x", null).statusCode()).isEqualTo(200);
        pass(Duration.ofSeconds(6));
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(send().statusCode()).isEqualTo(400);
        assertThat(ledger()).hasSize(47);
    }

    @Test
    void shouldKeepTheThroughput() throws Exception {
        register(",\"messagesPerSecond\":2");
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(error(send()).path("code").asInt()).isEqualTo(130429);
        pass(Duration.ofMillis(500));
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(error(send()).path("code").asInt()).isEqualTo(130429);
    }

    @Test
    void shouldKeepTheWindowInTheAnswer() throws Exception {
        register(",\"enforceWindow\":true");
        template("a", "en", "Hello");
        var answer = send();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("code").asInt()).isEqualTo(131047);
        writes("16505551234");
        assertThat(send().statusCode()).isEqualTo(200);
        pass(Duration.ofHours(24).minusMillis(1));
        assertThat(send().statusCode()).isEqualTo(200);
        pass(Duration.ofMillis(1));
        assertThat(send().statusCode()).isEqualTo(400);
        assertThat(
                        post("{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"type\":\"template\",\"template\":{\"name\":\"a\",\"language\":{\"code\":\"en\"}}}")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldKeepTheWindowByCallback() throws Exception {
        register(",\"enforceWindow\":true,\"windowRefusal\":\"async\"");
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(awaitStatuses(1)).containsExactly("failed");
        assertThat(receiver.all("statuses")
                        .getFirst()
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asInt())
                .isEqualTo(131047);
    }

    @Test
    void shouldKnowAPersonUnderBothNumbers() throws Exception {
        register(",\"enforceWindow\":true");
        fault("{\"effects\":{\"otherWaId\":{}}}");
        writes("5511987654321");
        assertThat(send("+5511987654321", "x", null).statusCode()).isEqualTo(200);
        pass(Duration.ofHours(25));
        assertThat(send("+5511987654321", "x", null).statusCode()).isEqualTo(400);
        writes("551187654321");
        assertThat(send("+5511987654321", "x", null).statusCode()).isEqualTo(200);
    }
}
