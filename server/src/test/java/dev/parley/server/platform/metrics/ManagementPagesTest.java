package dev.parley.server.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementPagesTest {

    private final Metrics metrics = Metrics.ofProcess("1.2.3");

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void aNodeIsReadyOnlyWhileItTakesRequestsAndItsChecksHold() {
        ManagementPages pages = new ManagementPages(metrics, List.of(check("database", Health::up)));
        assertThat(pages.ready().status()).isEqualTo(503);
        pages.become(Readiness.READY);
        assertThat(pages.ready().status()).isEqualTo(200);
        assertThat(pages.ready().body()).contains("\"database\":\"up\"").contains("\"status\":\"up\"");
        pages.become(Readiness.STOPPING);
        assertThat(pages.ready().status()).isEqualTo(503);
        assertThat(pages.live().status()).isEqualTo(200);
    }

    @Test
    void aCheckThatIsDownFailsOrHangsIsNamed() {
        CountDownLatch never = new CountDownLatch(1);
        ManagementPages pages = new ManagementPages(
                metrics,
                List.of(
                        check("database", () -> Health.down("unreachable")),
                        check("broken", () -> {
                            throw new IllegalStateException("hunter22");
                        }),
                        check("hanging", () -> {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Health.up();
                        })),
                Duration.ofMillis(100));
        pages.become(Readiness.READY);
        Page page = pages.ready();
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body())
                .contains("\"database\":\"down: unreachable\"")
                .contains("\"broken\":\"down: the check failed\"")
                .contains("\"hanging\":\"down: no answer in time\"")
                .doesNotContain("hunter22");
    }

    @Test
    void metricsAreInPrometheusForm() {
        metrics.registry().counter("parley.accepted", "channel", "web").increment(2);
        Page page = new ManagementPages(metrics, List.of()).metrics();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(page.body())
                .contains("parley_accepted_total{channel=\"web\"} 2.0")
                .contains("parley_version{version=\"1.2.3\"} 1.0")
                .contains("jvm_memory_used_bytes{");
    }

    private static HealthCheck check(String name, Supplier<Health> result) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Health check() {
                return result.get();
            }
        };
    }
}
