package dev.parley.testkit.ledger;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Writes to many threads at once, lets candidates answer, and watches statuses, until it is told to stop. Texts, files and
 * templates take turns, and candidates send files, too. Some callbacks of candidates' messages come twice.
 */
public final class Storm implements AutoCloseable {

    private static final int CONNECTIONS = 16;
    private static final int REPLY_AGAIN_ONE_IN = 8;
    private static final int FILE_ONE_IN = 3;
    private static final int OWN_ONE_IN = 2;

    private final List<Talk> talks;
    private final Books books;
    private final List<Writer> writers;
    private final Customer customer;
    private final SimulatorControl simulator;
    private final String phoneNumberId;
    private final Notebook notebook = new Notebook();
    private final StatusWatch watch = new StatusWatch(notebook);
    private final RandomGenerator random;
    private final Duration pause;
    private final AtomicInteger replies = new AtomicInteger();
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(CONNECTIONS);
    private volatile boolean goOn = true;

    /**
     * A storm that is not under way yet.
     *
     * @param talks all threads of one organization that are written to
     * @param templateId an approved template with one variable
     * @param phoneNumberId the organization's number at the simulator
     * @param random decides; must be safe for use by many threads
     * @param pause of each thread between two messages
     */
    public Storm(
            List<Talk> talks,
            Customer customer,
            SimulatorControl simulator,
            String templateId,
            String phoneNumberId,
            RandomGenerator random,
            Duration pause) {
        this.talks = List.copyOf(talks);
        this.customer = customer;
        this.simulator = simulator;
        this.phoneNumberId = phoneNumberId;
        this.random = random;
        this.pause = pause;
        this.books = new Books(talks, notebook, customer, simulator, watch);
        this.writers = talks.stream()
                .map(talk -> new Writer(customer, talk, templateId, notebook, random, pause))
                .toList();
    }

    /**
     * Begins.
     *
     * @param replyPause between two messages of candidates
     */
    public void start(Duration replyPause) {
        for (Writer writer : writers) {
            repeat(() -> writer.runOneCycle(goOn), pause.toMillis(), random.nextLong(pause.toMillis()));
        }
        repeat(this::reply, replyPause.toMillis(), 0);
        repeat(() -> watch.look(customer, random), 5, 0);
    }

    /** How many messages were acknowledged so far. */
    public int acknowledged() {
        return notebook.acknowledged().size();
    }

    /** Begins no more messages, and returns when each that was begun is acknowledged. */
    public void stop(Duration patience) {
        goOn = false;
        Awaitility.await("every message is acknowledged")
                .atMost(patience)
                .until(() -> writers.stream().allMatch(Writer::idle));
        pool.shutdown();
    }

    /** Compares all books as they are now, after the end of the storm. For one thread at a time. */
    public Tally tally() {
        return books.compare();
    }

    /** Deletes a message whose file no other has; the file's hash. */
    public String deleteOneWithItsOwnFile() {
        Map.Entry<String, Note> message = notebook.acknowledged().entrySet().stream()
                .filter(entry -> entry.getValue().cargo() instanceof Cargo.File(Attachment file)
                        && file.seed().equals(entry.getValue().text()))
                .findAny()
                .orElseThrow();
        Answer answer = customer.call("DELETE", "/messages/" + message.getKey(), null);
        if (answer.status() != 204) {
            throw new IllegalStateException("DELETE was answered " + answer.status());
        }
        return ((Cargo.File) message.getValue().cargo()).attachment().sha256();
    }

    private void reply() {
        if (!goOn) {
            return;
        }
        int number = replies.incrementAndGet();
        Talk talk = talks.get(random.nextInt(talks.size()));
        String text = "reply " + number + " of " + talk.phone();
        String id = "wamid.reply." + talk.phone() + "." + number;
        Attachment file = random.nextInt(FILE_ONE_IN) == 0 ? file(text, number) : null;
        notebook.replied(text, new Reply(talk.threadId(), file));
        reply(talk, text, id, file);
        if (random.nextInt(REPLY_AGAIN_ONE_IN) == 0) {
            reply(talk, text, id, file);
        }
    }

    private void reply(Talk talk, String text, String id, @Nullable Attachment file) {
        if (file == null) {
            simulator.reply(phoneNumberId, talk.phone(), text, id);
        } else {
            simulator.reply(phoneNumberId, talk.phone(), file, text, id);
        }
    }

    /** Its own, or one that recruiters and others send, too. */
    private Attachment file(String text, int number) {
        return random.nextInt(OWN_ONE_IN) == 0 ? Attachment.named(text, false) : Attachment.shared(number);
    }

    private void repeat(Runnable cycle, long pauseMillis, long firstMillis) {
        Runnable guarded = () -> {
            try {
                cycle.run();
            } catch (UncheckedIOException expectedWhileANodeIsDown) {
                // Done again at the next turn.
            } catch (RuntimeException e) {
                notebook.strange(e.toString());
            }
        };
        ScheduledFuture<?> _ = pool.scheduleWithFixedDelay(guarded, firstMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
