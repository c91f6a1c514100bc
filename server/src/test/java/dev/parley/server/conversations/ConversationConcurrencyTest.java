package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate writes while several people read, delete and close. */
class ConversationConcurrencyTest {

    private static final int ROUNDS = 15;

    @TempDir
    Path folder;

    private interface Round {
        void run(int number) throws Exception;
    }

    private static int rounds(Round round) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            round.run(i);
        }
        return ROUNDS;
    }

    @Test
    void theCountIsThatOfTheMessagesInTheEnd() throws Exception {
        try (ConversationWorld world = new ConversationWorld(folder.resolve("data"))) {
            String phone = world.phone();
            world.write(phone);
            String thread = world.thread(phone);
            String id = world.id(thread);
            List<Round> people = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                people.add(number -> world.write(Map.of("from", phone, "text", "more", "count", 3)));
                people.add(number -> world.read(thread));
                people.add(number -> {
                    for (String unread : world.unread(thread)) {
                        assertThat(world.api("DELETE", "/messages/" + unread, null)
                                        .statusCode())
                                .isIn(204, 404);
                    }
                });
            }
            people.add(number -> world.patched(id, Map.of("unreadMessages", false, "status", "closed")));
            List<Future<Integer>> done = new ArrayList<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                people.forEach(person -> done.add(executor.submit(() -> rounds(person))));
            }
            for (Future<Integer> one : done) {
                one.get();
            }
            world.settle();
            world.write(phone);
            int left = world.unread(thread).size();
            assertThat(left).isPositive();
            assertThat(world.state(thread)).isEqualTo("open " + left);
            world.read(thread);
            assertThat(world.state(thread)).isEqualTo("open 0");
        }
    }
}
