package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** When the simulator had the messages of the last load, from its ledger. */
final class Arrivals {

    private final World world;

    Arrivals(World world) {
        this.world = world;
    }

    /** Microseconds of each from the time in a column of the load generator's notes (0 due, 1 answered). */
    Spread since(int sent, int column) throws IOException, InterruptedException {
        return since(Files.readAllLines(world.notes()), column, micros(sent));
    }

    /** Microseconds since the epoch, by the number in the text. */
    long[] micros(int sent) throws IOException, InterruptedException {
        return micros(0, sent, sent);
    }

    /** Of those that are numbered from {@code first} on; 0 where it did not come, as only {@code accepted} have to. */
    long[] micros(int first, int sent, long accepted) throws IOException, InterruptedException {
        long[] arrived = new long[sent];
        int found = 0;
        long after = 0;
        while (true) {
            JsonNode page = world.simulator().get("/_control/ledger?limit=5000&after=" + after);
            for (JsonNode entry : page.path("entries")) {
                int number = RequestTemplate.number(entry.path("text").asString()) - first;
                if (number >= 0 && number < sent && arrived[number] == 0) {
                    arrived[number] = entry.path("receivedAtMicros").asLong();
                    found++;
                }
            }
            if (page.path("entries").isEmpty()) {
                break;
            }
            after = page.path("next").asLong();
        }
        if (found < accepted) {
            throw new IOException("of " + accepted + " messages " + found + " came to the simulator");
        }
        return arrived;
    }

    static Spread since(List<String> notes, int column, long[] arrived) {
        return new Spread(IntStream.range(0, arrived.length)
                .mapToLong(i -> arrived[i] - Long.parseLong(notes.get(i).split(" ", -1)[column]))
                .toArray());
    }
}
