package dev.parley.server.events.stream;

import dev.parley.server.events.feed.EventJson;
import dev.parley.server.events.feed.EventReader;
import dev.parley.server.events.feed.EventReader.Read;
import dev.parley.server.events.stream.StreamMeter.End;
import dev.parley.server.platform.logging.SafeMessage;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings streams that are behind up to the tail, a page of the log at a time and a few of them at once. Safe for use by many
 * threads at once.
 */
final class CatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int AT_ONCE = 4;
    private static final int PAGE = 100;

    private final Tail tail;
    private final EventReader reader;
    private final EventJson json;
    // A stream waits in its queue at most once, and streams are counted.
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("stream-catch-up-", 0).factory());

    CatchUp(Tail tail, EventReader reader, EventJson json) {
        this.tail = tail;
        this.reader = reader;
        this.json = json;
    }

    /** It is caught up as soon as a worker is free. */
    void soon(EventStream stream) {
        try {
            workers.execute(() -> run(stream));
        } catch (RejectedExecutionException stopping) {
            // Then the stream is being ended, too.
            stream.finish(End.STOPPING);
        }
    }

    private void run(EventStream stream) {
        try {
            if (!tail.join(stream)) {
                readOn(stream);
            }
        } catch (RuntimeException e) {
            LOG.warn("a stream ends, for the event log could not be read: {}", SafeMessage.of(e));
            stream.finish(End.UNREADABLE);
        } finally {
            stream.caught();
        }
    }

    private void readOn(EventStream stream) {
        long cursor = stream.cursor();
        long upTo = tail.position();
        if (cursor >= upTo) {
            return;
        }
        Read.Events read = reader.readOn(stream.organization(), stream.filter().query(PAGE), cursor, upTo);
        List<Frame> frames = read.events().stream()
                .map(event -> new Frame(json, stream.organization(), event))
                .toList();
        stream.caughtUp(frames, read.cursor());
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
