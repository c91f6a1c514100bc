package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConcurrencyTest extends SimulatorTest {

    private static final int THREADS = 32;
    private static final int EACH = 200;

    @Test
    void shouldKeepTheLedgerCompleteAndUniqueAndOrdered() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, THREADS)
                    .mapToObj(thread -> (Future<?>) threads.submit(() -> {
                        for (int i = 0; i < EACH; i++) {
                            answered.add(id(send("+16505550" + (100 + thread), thread + "/" + i, "ref")));
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(answered).hasSize(THREADS * EACH);
        readAndCompare(answered);
        awaitStatuses(3 * THREADS * EACH);
        Set<String> told = new HashSet<>();
        receiver.all("statuses")
                .forEach(
                        s -> told.add(s.path("id").asString() + s.path("status").asString()));
        assertThat(told).hasSize(3 * THREADS * EACH);
        assertThat(receiver.statuses()).hasSize(3 * THREADS * EACH);
    }

    private void readAndCompare(Set<String> answered) throws Exception {
        Set<String> listed = new HashSet<>();
        int[] next = new int[THREADS];
        long expected = 1;
        JsonNode page = control("GET", "/ledger?limit=999", null);
        while (!page.path("entries").isEmpty()) {
            for (JsonNode entry : page.path("entries")) {
                assertThat(entry.path("sequence").asLong()).isEqualTo(expected++);
                assertThat(listed.add(entry.path("providerId").asString())).isTrue();
                String[] text = entry.path("text").asString().split("/");
                assertThat(Integer.parseInt(text[1])).isEqualTo(next[Integer.parseInt(text[0])]++);
            }
            page = control("GET", "/ledger?limit=999&after=" + page.path("next").asLong(), null);
        }
        assertThat(listed).isEqualTo(answered);
    }
}
