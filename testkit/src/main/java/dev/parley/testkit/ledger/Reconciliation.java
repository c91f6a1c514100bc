package dev.parley.testkit.ledger;

import dev.parley.testkit.ledger.ThreadBook.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Compares what was acknowledged, what the server says, and what the simulator got. Good for one comparison. */
final class Reconciliation {

    private static final String OUTCOME_UNKNOWN = "outcome_unknown";

    /** Looks at the file of a message. */
    interface FileLook {
        /** Says what is wrong with it; empty when it is the very one. */
        String problem(String messageId, Attachment file);
    }

    private final Notebook notebook;
    private final SentBook sent;
    private final LongPredicate told;
    private final FileLook files;
    private final Map<String, Outcome> outbound = new HashMap<>();
    private final Map<String, List<String>> inbound = new HashMap<>();
    private final Set<String> moving = new HashSet<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> unheard = new ArrayList<>();
    private final List<String> invented = new ArrayList<>();
    private final List<String> mistaken = new ArrayList<>();
    private final List<String> fileProblems = new ArrayList<>();
    private final List<String> repliesLost = new ArrayList<>();
    private final List<String> repliesDoubled = new ArrayList<>();
    private int filesChecked;
    private int templates;
    private int handedOver;
    private final Map<String, Integer> failed = new TreeMap<>();
    private int waiting;

    /**
     * @param threads what the server says, by thread
     * @param sent read after that
     * @param told whether a callback about what has this place in the simulator's ledger was delivered by now
     */
    Reconciliation(
            Notebook notebook, Map<String, ThreadBook> threads, SentBook sent, LongPredicate told, FileLook files) {
        this.notebook = notebook;
        this.sent = sent;
        this.told = told;
        this.files = files;
        for (ThreadBook thread : threads.values()) {
            outbound.putAll(thread.outbound());
            thread.inbound().forEach((text, ids) -> inbound.merge(text, ids, Reconciliation::both));
        }
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** @param queued callbacks that the simulator had not delivered before the threads were read */
    Tally tally(long queued) {
        notebook.acknowledged().forEach(this::compare);
        notebook.replies().forEach(this::compare);
        findInvented();
        return new Tally(
                notebook.attempted(),
                notebook.acknowledged().size(),
                notebook.recovered(),
                handedOver,
                List.copyOf(lost),
                sent.all().entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .toList(),
                List.copyOf(sent.disordered()),
                List.copyOf(unknown),
                List.copyOf(unheard),
                List.copyOf(invented),
                Map.copyOf(failed),
                waiting,
                queued,
                notebook.replies().size(),
                List.copyOf(repliesLost),
                List.copyOf(repliesDoubled),
                templates,
                filesChecked,
                List.copyOf(mistaken),
                List.copyOf(fileProblems),
                List.copyOf(notebook.backward()),
                List.copyOf(notebook.strange()));
    }

    /** After {@link #tally}: the threads in which something is not as it must be in the end. */
    Set<String> moving() {
        return moving;
    }

    private void compare(String id, Note note) {
        List<Sent> entries = sent.of(note.text());
        if (!entries.isEmpty()) {
            handedOver++;
        }
        Outcome outcome = outbound.get(id);
        if (outcome == null) {
            lost(id + " is not there", note);
            return;
        }
        checkCargo(id, note, entries);
        switch (outcome.status()) {
            case "accepted" -> {
                waiting++;
                moving.add(note.threadId());
                if (entries.isEmpty()) {
                    lost.add(id + " waits");
                }
            }
            case "failed" -> failed(id, note, outcome.code(), entries);
            default -> {
                if (entries.isEmpty()) {
                    invented.add(id + " is told to be sent");
                }
            }
        }
    }

    private void compare(String text, Reply reply) {
        List<String> ids = inbound.getOrDefault(text, List.of());
        if (ids.isEmpty()) {
            repliesLost.add(text);
            moving.add(reply.threadId());
        } else if (ids.size() > 1) {
            repliesDoubled.add(text);
        }
        Attachment file = reply.file();
        if (file != null) {
            ids.forEach(id -> checkFile(reply.threadId(), id, file));
        }
    }

    private void checkFile(String threadId, String messageId, Attachment file) {
        filesChecked++;
        String problem = files.problem(messageId, file);
        if (!problem.isEmpty()) {
            fileProblems.add(problem);
            moving.add(threadId);
        }
    }

    private void checkCargo(String id, Note note, List<Sent> entries) {
        for (Sent entry : entries) {
            if (!note.cargo().isIn(entry.type(), entry.sha256())) {
                mistaken.add(id + " was sent as " + entry.type() + " " + entry.sha256());
            }
        }
        switch (note.cargo()) {
            case Cargo.File(Attachment file) -> checkFile(note.threadId(), id, file);
            case Cargo.Template(String _) -> templates += entries.isEmpty() ? 0 : 1;
            case Cargo.Text() -> {}
        }
    }

    private void failed(String id, Note note, String code, List<Sent> entries) {
        switch (code) {
            case "" -> lost(id + " failed without a reason", note);
            case OUTCOME_UNKNOWN -> {
                unknown.add(id);
                if (entries.stream().anyMatch(entry -> sent.proved(entry, told))) {
                    unheard.add(id);
                    moving.add(note.threadId());
                }
            }
            default -> failed.merge(code, 1, Integer::sum);
        }
    }

    private void lost(String what, Note note) {
        lost.add(what);
        moving.add(note.threadId());
    }

    private void findInvented() {
        Set<String> known =
                notebook.acknowledged().values().stream().map(Note::text).collect(Collectors.toSet());
        sent.all().keySet().stream()
                .filter(text -> !known.contains(text))
                .forEach(text -> invented.add(text + " was sent"));
    }
}
