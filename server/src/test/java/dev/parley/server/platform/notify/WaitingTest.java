package dev.parley.server.platform.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final Topic WORK = new Topic("work");
    private static final Topic OTHER = new Topic("other");

    private final UUID node = UUID.randomUUID();
    private final Waiting waiting = new Waiting(node);

    @Test
    void eachIdIsToldOnceInOneHintATopic() {
        waiting.add(WORK, "a");
        waiting.add(OTHER, "x");
        waiting.add(WORK, "b");
        waiting.add(WORK, "a");

        assertThat(waiting.take())
                .containsExactly(
                        new Waiting.Told(WORK, new Hint(node, List.of("a", "b"))),
                        new Waiting.Told(OTHER, new Hint(node, List.of("x"))));
        assertThat(waiting.take()).isEmpty();
    }

    @Test
    void tooManyIdsBecomeAnything() {
        IntStream.range(0, Hint.MOST_IDS).forEach(i -> waiting.add(WORK, "id" + i));
        List<Waiting.Told> most = waiting.take();
        assertThat(most.getFirst().hint().ids()).hasSize(Hint.MOST_IDS);

        waiting.putBack(most);
        waiting.add(WORK, "one more");

        assertThat(waiting.take()).containsExactly(new Waiting.Told(WORK, new Hint(node, List.of())));
    }

    @Test
    void anythingStaysAnythingWhenItIsPutBack() {
        waiting.putBack(List.of(new Waiting.Told(WORK, new Hint(node, List.of()))));
        waiting.add(WORK, "a");

        assertThat(waiting.take()).containsExactly(new Waiting.Told(WORK, new Hint(node, List.of())));
    }

    @Test
    void theLargestHintIsTakenByTheDatabase() {
        String id = UUID.randomUUID() + "/" + UUID.randomUUID();
        Hint hint = new Hint(
                node, IntStream.range(0, Hint.MOST_IDS).mapToObj(i -> id).toList());

        assertThat(hint.text().length()).isLessThan(8000);
        assertThat(Hint.read(hint.text())).isEqualTo(hint);
    }

    @Test
    void whatCannotBeReadMayBeAboutAnything() {
        assertThat(Hint.read("")).isEqualTo(new Hint(null, List.of()));
        assertThat(Hint.read("{\"v\":2}")).isEqualTo(new Hint(null, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic("a;b"));
    }
}
