package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens in whatever order, conversations stand as a model of them does. */
class ConversationModelTest {

    private static final int STEPS = 60;
    private static final long[] SEEDS = {1, 7};

    @TempDir
    Path folder;

    /** One person, and what is expected of the thread. */
    private static final class Person {
        final String phone;
        final String thread;
        final List<String> providerIds = new ArrayList<>();
        boolean open;
        int unread;

        Person(ConversationWorld world) {
            this.phone = world.phone();
            this.thread = world.thread(phone);
        }
    }

    private interface Step {
        void run(Person person) throws Exception;
    }

    @Test
    void anySequenceEndsAsTheModelDoes() throws Exception {
        try (ConversationWorld world = new ConversationWorld(folder.resolve("data"))) {
            for (long seed : SEEDS) {
                Random random = new Random(seed);
                List<Person> persons = List.of(new Person(world), new Person(world), new Person(world));
                for (Person person : persons) {
                    write(world, person);
                }
                List<Step> steps = steps(world, random);
                for (int i = 0; i < STEPS; i++) {
                    Person person = persons.get(random.nextInt(persons.size()));
                    int step = random.nextInt(steps.size());
                    steps.get(step).run(person);
                    assertThat(world.state(person.thread))
                            .as("seed %d, step %d, kind %d", seed, i, step)
                            .isEqualTo((person.open ? "open " : "closed ") + person.unread);
                }
                for (Person person : persons) {
                    assertThat(world.unread(person.thread)).hasSize(person.unread);
                }
            }
        }
    }

    private static void write(ConversationWorld world, Person person) {
        person.providerIds.add(world.write(person.phone));
        person.open = true;
        person.unread++;
    }

    private static List<Step> steps(ConversationWorld world, Random random) {
        Step write = person -> write(world, person);
        Step repeat = person -> {
            String id = person.providerIds.get(random.nextInt(person.providerIds.size()));
            world.write(Map.of("from", person.phone, "text", "Hello " + id, "messageId", id));
            world.settle();
        };
        Step read = person -> {
            world.read(person.thread);
            person.unread = 0;
        };
        Step patch = person -> {
            world.patched(world.id(person.thread), Map.of("unreadMessagesCount", 0));
            person.unread = 0;
        };
        Step delete = person -> {
            List<String> unread = world.unread(person.thread);
            if (!unread.isEmpty()) {
                String id = unread.get(random.nextInt(unread.size()));
                assertThat(world.api("DELETE", "/messages/" + id, null).statusCode())
                        .isEqualTo(204);
                person.unread--;
            }
        };
        Step close = person -> {
            world.patched(world.id(person.thread), Map.of("status", "closed"));
            person.open = false;
        };
        return List.of(write, write, write, repeat, repeat, read, patch, delete, delete, close);
    }
}
