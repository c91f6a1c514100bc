package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.CallerLimit.Verdict;
import dev.parley.server.platform.http.RequestRates.Rates;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Buckets of organizations and tokens, by a clock that is moved. */
final class RequestRatesTest {

    private static final Caller A1 = Caller.organization(new UUID(1, 1), "one").knownBy("a1");
    private static final Caller A2 = Caller.organization(new UUID(1, 1), "two").knownBy("a2");
    private static final Caller B1 = Caller.organization(new UUID(2, 2), "one").knownBy("b1");

    private final AtomicLong now = new AtomicLong(7);

    private RequestRates rates(int organization, int token, Duration burst) {
        return new RequestRates(new Rates(organization, token, burst), now::get);
    }

    @Test
    void letsABurstThroughAndThenTheRate() {
        RequestRates rates = rates(5, 0, Duration.ofSeconds(2));
        for (int left = 9; left >= 0; left--) {
            Verdict verdict = rates.ask(A1);
            assertThat(verdict.pause()).isNull();
            assertThat(verdict.headers().get("RateLimit")).startsWith("\"organization\";r=" + left + ";t=");
        }
        Verdict refused = rates.ask(A1);
        assertThat(refused.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refused.headers())
                .containsEntry("RateLimit", "\"organization\";r=0;t=1")
                .containsEntry("RateLimit-Policy", "\"organization\";q=10;w=2");
        now.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(rates.ask(A1).pause()).isNull();
        assertThat(rates.ask(A1).pause()).isNotNull();
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(rates.ask(A1).headers()).containsEntry("RateLimit", "\"organization\";r=9;t=1");
    }

    @Test
    void countsTokensTogetherAndOrganizationsApart() {
        RequestRates rates = rates(2, 0, Duration.ofSeconds(1));
        assertThat(rates.ask(A1).pause()).isNull();
        assertThat(rates.ask(A2).pause()).isNull();
        assertThat(rates.ask(A1).pause()).isNotNull();
        assertThat(rates.ask(B1).pause()).isNull();
    }

    @Test
    void takesNothingFromTheOrganizationForATokenThatIsRefused() {
        RequestRates rates = rates(3, 1, Duration.ofSeconds(1));
        assertThat(rates.ask(A1).pause()).isNull();
        for (int i = 0; i < 5; i++) {
            Verdict refused = rates.ask(A1);
            assertThat(refused.pause()).isNotNull();
            assertThat(refused.headers()).containsEntry("RateLimit-Policy", "\"token\";q=1;w=1");
        }
        assertThat(rates.ask(A2).headers())
                .containsEntry("RateLimit", "\"token\";r=0;t=1, \"organization\";r=1;t=1")
                .containsEntry("RateLimit-Policy", "\"token\";q=1;w=1, \"organization\";q=3;w=1");
    }

    @Test
    void givesATokenBackWhatItsOrganizationRefuses() {
        RequestRates rates = rates(1, 2, Duration.ofSeconds(1));
        assertThat(rates.ask(A1).pause()).isNull();
        for (int i = 0; i < 5; i++) {
            assertThat(rates.ask(A2).pause()).isNotNull();
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(rates.ask(A2).headers().get("RateLimit")).startsWith("\"token\";r=1;");
    }

    @Test
    void leavesPartnersAlone() {
        assertThat(rates(1, 1, Duration.ofSeconds(1)).ask(Caller.partner("p"))).isEqualTo(Verdict.FREE);
    }

    @Test
    void remembersOnlySoMany() {
        RequestRates rates = new RequestRates(new Rates(1, 1, Duration.ofSeconds(1)), now::get, 10);
        for (int i = 0; i < 100; i++) {
            rates.ask(Caller.organization(new UUID(9, i), "x").knownBy("token " + i));
        }
        assertThat(rates.remembered()).isEqualTo(10);
    }
}
