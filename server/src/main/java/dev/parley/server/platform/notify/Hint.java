package dev.parley.server.platform.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells the others of one topic at once.
 *
 * @param from the node that tells; null when it can't be read
 * @param ids what it is about, each without a space; empty when that is too much to name: then it may be about anything
 */
public record Hint(@Nullable UUID from, List<String> ids) {

    /** PostgreSQL takes less than 8,000 bytes, and two ids with a separator have 73. */
    static final int MOST_IDS = 64;

    public Hint {
        ids = List.copyOf(ids);
    }

    /** As it travels. */
    String text() {
        List<String> words = new ArrayList<>();
        words.add(String.valueOf(from));
        words.addAll(ids);
        return String.join(" ", words);
    }

    /** What another node, perhaps of another release, has written. */
    static Hint read(String text) {
        List<String> words = List.of(text.split(" ", -1));
        try {
            return new Hint(UUID.fromString(words.getFirst()), words.subList(1, words.size()));
        } catch (IllegalArgumentException unknown) {
            return new Hint(null, List.of());
        }
    }
}
