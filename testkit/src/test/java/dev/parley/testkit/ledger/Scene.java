package dev.parley.testkit.ledger;

import dev.parley.testkit.ledger.ThreadBook.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Books that are written by hand: what a program noted, what a server says, and what a provider got. */
final class Scene {

    static final String THREAD = UUID.randomUUID().toString();
    static final Talk TALK = new Talk(THREAD, "31612345671");

    final Notebook notebook = new Notebook();
    final Map<String, ThreadBook> threads = new HashMap<>();
    final SentBook sent = new SentBook();
    /** Places in the provider's ledger about which a callback was delivered after they were read. */
    final Set<Long> toldLater = new HashSet<>();
    /** Ids of messages without their file. */
    final Set<String> filesMissing = new HashSet<>();

    private final List<Sent> ledger = new ArrayList<>();

    /** An acknowledged message of the one thread. */
    Note acknowledged(String id, int sequence, Cargo cargo) {
        Note note = new Note(THREAD, sequence, id, true, cargo);
        notebook.attempt();
        notebook.acknowledge(id, note, false);
        return note;
    }

    void says(String id, String status, String code) {
        thread().outbound().put(id, new Outcome(status, code));
    }

    void received(String text, String... ids) {
        thread().inbound().put(text, List.of(ids));
    }

    private ThreadBook thread() {
        return threads.computeIfAbsent(THREAD, id -> new ThreadBook(new HashMap<>(), new HashMap<>()));
    }

    /** Lets the provider accept it. */
    void accepts(Note note) {
        accepts(note.text(), "text", "", TALK.phone(), false);
    }

    void accepts(String text, String type, String sha256, String to, boolean told) {
        ledger.add(new Sent(ledger.size() + 1, 0, to, type, text, sha256, told));
    }

    /** What was accepted behind a place, two at a time. */
    List<Sent> after(long sequence) {
        return List.copyOf(ledger.subList((int) sequence, (int) Math.min(ledger.size(), sequence + 2)));
    }

    Reconciliation comparison() {
        sent.readOn(this::after);
        return new Reconciliation(
                notebook, threads, sent, toldLater::contains, (id, file) -> filesMissing.contains(id) ? id : "");
    }

    Tally tally() {
        return comparison().tally(0);
    }
}
