package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void aNumberIsFoundWithAndWithoutItsCountry() {
        assertThat(new Words().text("31612345678").list()).containsExactly("31612345678", "612345678");
        assertThat(new Words().text("+31 6 1234 5678").list()).contains("31612345678", "612345678");
        assertThat(new Words().text("06-1234 5678").list()).contains("0612345678", "612345678");
        assertThat(new Words().text("on 12 May").list()).containsExactly("on", "12", "may");
    }

    @Test
    void namesAreFoundWithoutTheirSigns() {
        assertThat(new Words().text("Siobhán O'Brien").list()).contains("siobhan", "o", "brien", "obrien");
    }

    @Test
    void hasABound() {
        String many = IntStream.range(0, 2000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        assertThat(new Words().text(many).list()).hasSize(512).contains("w0", "w511");
        assertThat(new Words().text("x".repeat(500)).list()).containsExactly("x".repeat(64));
    }
}
