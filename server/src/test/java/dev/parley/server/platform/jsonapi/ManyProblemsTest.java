package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A body that is wrong a hundred thousand times: as much is looked for as is told, and little more memory is used than for that. */
@NullUnmarked
final class ManyProblemsTest {

    private static final int BODY = 1 << 20;
    private static final long MOST_BYTES = 20L << 20;
    private static final String OPERATION = "{\"atomic:operations\":[{\"op\":\"add\",";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"data\":{\"type\":\"toyCars\",\"attributes\":{|\"%s\":1|}}}",
                "{\"data\":{\"type\":\"toyCars\",\"relationships\":{|\"%s\":{}|}}}",
                "{\"data\":{\"type\":\"toyCars\",|\"%s\":1|}}",
                "{\"data\":{\"type\":\"toyCars\",\"attributes\":{\"box\":{|\"%s\":\"\\u0000\"|}}}}",
                "{|\"%s\":1|}"
            })
    void areNotAllLookedFor(String before, String each, String after) {
        JsonNode document = document(before, each, after);
        held(() -> WriteReader.create(Toys.TYPE, document).problems());
        held(() -> WriteReader.update(Toys.TYPE, document, null).problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                OPERATION + "|\"%s\":1|}]}",
                OPERATION + "\"data\":{\"type\":\"toyCars\",\"attributes\":{|\"%s\":1|}}}]}"
            })
    void notInOperationsEither(String before, String each, String after) {
        JsonNode operations = document(before, each, after).path(OperationReader.OPERATIONS);
        OperationReader reader =
                new OperationReader(Map.of("toyCars", new Operand(Toys.TYPE, new Toys())), "/public/v2");
        held(() -> {
            List<Operation> read = reader.read(operations);
            return read.isEmpty()
                    ? reader.problems()
                    : AtomicOperations.reading(read.getFirst(), reader.locals()).problems();
        });
    }

    private void held(Supplier<List<Problem>> reading) {
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(reading.get()).hasSizeBetween(Problem.MOST, Problem.MOST + 10);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }

    private static JsonNode document(String before, String each, String after) {
        StringBuilder body = new StringBuilder(BODY + 100).append(before);
        for (int i = 0; body.length() < BODY; i++) {
            body.append(each.formatted(Integer.toString(i, 36))).append(',');
        }
        body.setLength(body.length() - 1);
        byte[] bytes = body.append(after).toString().getBytes(StandardCharsets.UTF_8);
        return ((BodyParser.Parsed.Document) BodyParser.parse(BodyParser.mapper(32), bytes)).node();
    }
}
