package dev.parley.server.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> NAMES = List.of("payload", "sendBy", "messageThreadId", "origin");

    @ParameterizedTest
    @CsvSource({
        "paylod,payload",
        "payloda,payload",
        "SENDBY,sendBy",
        "send_by,sendBy",
        "messageThread,messageThreadId",
        "orgin,origin"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(NearestName.of(written, NAMES)).isEqualTo(meant);
        assertThat(NearestName.hint(written, NAMES)).isEqualTo("; did you mean " + meant + "?");
    }

    @Test
    void namesNothingThatIsNotNear() {
        assertThat(NearestName.of("colour", NAMES)).isNull();
        assertThat(NearestName.of("x", List.of())).isNull();
        assertThat(NearestName.of("x".repeat(100_000), List.of("x".repeat(100_000))))
                .isNull();
        assertThat(NearestName.hint("colour", NAMES)).isEmpty();
    }
}
