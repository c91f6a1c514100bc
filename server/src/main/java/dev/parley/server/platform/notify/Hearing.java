package dev.parley.server.platform.notify;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Who is told what is heard, on the listener's thread: quick, and not called twice at the same time.
 *
 * @param topics what is listened to
 * @param connected is run whenever hints can be heard again: what came before may have been missed
 */
public record Hearing(Map<Topic, Consumer<Hint>> topics, Runnable connected) {
    public Hearing {
        topics = Map.copyOf(topics);
    }
}
