package dev.parley.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins with, and each input that once broke something ({@code src/test/resources/fuzz}), breaks nothing. */
final class FuzzReplayTest {

    static Set<String> targets() {
        return Targets.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingBreaksByWhatIsKnown(String name) {
        FuzzTarget target = Targets.of(name);
        List<byte[]> inputs =
                Stream.concat(target.seeds().stream(), Corpus.kept(name)).toList();
        assertThat(inputs).isNotEmpty();
        assertThat(inputs.stream().map(input -> thrown(target, input)).filter(Objects::nonNull))
                .isEmpty();
    }

    private static @Nullable String thrown(FuzzTarget target, byte[] input) {
        try {
            target.take(input);
            return null;
        } catch (Exception | AssertionError | StackOverflowError broken) {
            return Seeds.latin(input) + ": " + broken + " at " + broken.getStackTrace()[0];
        }
    }
}
