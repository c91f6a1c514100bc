package dev.parley.testkit.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one thread: the next message only after the one before was acknowledged, and the same again for as long as no
 * answer comes. Half of the messages have an id of the program's own, the others a key. Run by one thread at a time.
 *
 * <p>It never asks for more than one person may get (45 at once and one each six seconds at WhatsApp), so that what waits
 * when a storm ends does not depend on how long a slow machine made it.
 */
final class Writer {

    /** A few less than one person gets at once. */
    private static final int AT_ONCE = 40;

    private static final Duration THEN_EACH = Duration.ofMillis(6500);

    private final Customer customer;
    private final Talk talk;
    private final String templateId;
    private final Notebook notebook;
    private final RandomGenerator random;
    private final long cyclesSkipped;
    private long cyclesToSkip;
    private int sequence;
    private volatile @Nullable Note pending;
    private boolean repeated;

    /** @param pause between two cycles */
    Writer(Customer customer, Talk talk, String templateId, Notebook notebook, RandomGenerator random, Duration pause) {
        this.customer = customer;
        this.talk = talk;
        this.templateId = templateId;
        this.notebook = notebook;
        this.random = random;
        // None where the pause is long enough by itself.
        this.cyclesSkipped = THEN_EACH.minusMillis(1).dividedBy(pause);
    }

    /** Whether the last message was acknowledged. */
    boolean idle() {
        return pending == null;
    }

    /** Sends a message, or repeats the last one when it was not acknowledged. */
    void runOneCycle(boolean goOn) {
        Note note = pending;
        if (note == null) {
            if (!goOn || cyclesToSkip-- > 0) {
                return;
            }
            note = next();
        }
        try {
            judge(note, customer.send(note));
        } catch (IOException lost) {
            repeated = true;
        }
    }

    private Note next() {
        notebook.attempt();
        repeated = false;
        sequence++;
        cyclesToSkip = sequence < AT_ONCE ? 0 : cyclesSkipped;
        UUID id = new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | (2L << 62));
        Note note = new Note(talk.threadId(), sequence, id.toString(), random.nextBoolean(), cargo());
        pending = note;
        return note;
    }

    /** Six in ten are texts, a file is now of this message alone, now of many in this thread, now of many threads. */
    private Cargo cargo() {
        int chance = random.nextInt(100);
        if (chance < 60) {
            return new Cargo.Text();
        }
        if (chance < 75) {
            return new Cargo.Template(templateId);
        }
        if (chance < 83) {
            return new Cargo.File(Attachment.shared(random.nextInt()));
        }
        return new Cargo.File(
                chance < 91
                        ? Attachment.named(talk.threadId(), false)
                        : Attachment.named(Note.text(talk.threadId(), sequence), chance == 99));
    }

    private void judge(Note note, Answer answer) {
        switch (answer.status()) {
            case 201 -> {
                notebook.acknowledge(answer.data().path("id").asString(), note, answer.replayed());
                pending = null;
            }
            case 409 -> conflict(note, answer);
            case 429, 503 -> repeated = true;
            default -> {
                notebook.strange(answer.status() + " " + answer.errorCode());
                repeated = true;
            }
        }
    }

    private void conflict(Note note, Answer answer) {
        if (answer.errorCode().equals("id_taken") && repeated) {
            notebook.acknowledge(note.id(), note, true);
            pending = null;
        } else if (!answer.errorCode().equals("idempotency_key_in_use")) {
            notebook.strange("409 " + answer.errorCode());
        }
    }
}
