package dev.parley.testkit.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a customer's program wrote down: a message only after its acceptance was acknowledged, and each answer that should not
 * have come. Safe for use by many threads at once.
 */
final class Notebook {

    private final AtomicInteger attempted = new AtomicInteger();
    private final AtomicInteger recovered = new AtomicInteger();
    private final Map<String, Note> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();
    private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Queue<String> backward = new ConcurrentLinkedQueue<>();

    void attempt() {
        attempted.incrementAndGet();
    }

    /** @param again whether the server had it already, of a request whose answer was lost */
    void acknowledge(String messageId, Note note, boolean again) {
        if (acknowledged.put(messageId, note) != null) {
            strange.add("the id " + messageId + " was given to two messages");
        } else {
            ids.add(messageId);
        }
        if (again) {
            recovered.incrementAndGet();
        }
    }

    void strange(String answer) {
        strange.add(answer);
    }

    void replied(String text, Reply reply) {
        replies.put(text, reply);
    }

    void backward(String change) {
        backward.add(change);
    }

    int attempted() {
        return attempted.get();
    }

    int recovered() {
        return recovered.get();
    }

    /** By the message's id. */
    Map<String, Note> acknowledged() {
        return acknowledged;
    }

    /** The id of any acknowledged message, null when there is none yet. However many there are, it costs the same. */
    @Nullable
    String any(RandomGenerator random) {
        int size = ids.size();
        return size == 0 ? null : ids.get(random.nextInt(size));
    }

    Queue<String> strange() {
        return strange;
    }

    /** What candidates wrote, by its text. */
    Map<String, Reply> replies() {
        return replies;
    }

    /** Statuses that were seen to go backward. */
    Queue<String> backward() {
        return backward;
    }
}
