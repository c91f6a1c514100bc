package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked before a message is sent may fail, and may take its time. */
@NullUnmarked
class LastCheckTest {

    private DispatchWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void whatCanNotBeCheckedIsNotSentAndTriedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        world.check = (account, content) -> {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("a kind that this release does not know");
            }
            return null;
        };
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        world.submit(thread, "hello");
        await().until(() -> world.statuses(thread), List.of("sent")::equals);
        assertThat(world.texts("select outcome from attempts order by number")).containsExactly("not_sent", "accepted");
        assertThat(world.ledgerTexts()).containsExactly("hello");
    }

    @Test
    void whoseWindowClosesMeanwhileIsNotSent() throws Exception {
        world.check = (account, content) -> {
            await().until(() -> world.count("select count(*) from thread_windows where expires_at < now()") == 1);
            return null;
        };
        UUID thread = world.thread("31612345678", Duration.ofSeconds(2));
        world.submit(thread, "hello");
        await().until(() -> world.statuses(thread), List.of("failed")::equals);
        assertThat(world.texts("select reason from attempts")).containsExactly("the window closed before the call");
        assertThat(world.ledgerTexts()).isEmpty();
    }
}
