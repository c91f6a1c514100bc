package dev.parley.testkit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what was acknowledged, what the server says, and what the simulator got. */
final class Reconciliation {

    private static final String OUTCOME_UNKNOWN = "outcome_unknown";

    private final Notebook notebook;
    private final Customer customer;
    private final FileCheck files;
    private final Map<String, List<HandedOver>> ledger = new LinkedHashMap<>();
    private final Map<String, Told> outbound = new HashMap<>();
    private final Map<String, Integer> inbound = new HashMap<>();
    private final List<String> disordered = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> unheard = new ArrayList<>();
    private final List<String> invented = new ArrayList<>();
    private final List<String> mistaken = new ArrayList<>();
    private final List<String> fileProblems = new ArrayList<>();
    private int filesChecked;
    private int templates;
    private int handedOver;
    private final Map<String, Integer> failed = new TreeMap<>();
    private int waiting;

    /** Of one comparison. */
    Reconciliation(Notebook notebook, Customer customer, FileCheck files) {
        this.notebook = notebook;
        this.customer = customer;
        this.files = files;
    }

    Tally of(List<Talk> talks, SimulatorControl simulator, StatusWatch watch) {
        long queued = simulator.callbacksQueued();
        for (Talk talk : talks) {
            customer.messages(talk.threadId()).forEach(message -> read(message, watch));
        }
        // After the messages: what these call sent must be in it.
        Map<String, Integer> last = new HashMap<>();
        simulator.readLedger(entry -> readEntry(entry, last));
        notebook.acknowledged().forEach(this::compare);
        return tally(queued);
    }

    private void read(JsonNode message, StatusWatch watch) {
        JsonNode attributes = message.path("attributes");
        if (attributes.path("origin").asString().equals("outbound")) {
            outbound.put(message.path("id").asString(), Told.of(message));
            watch.saw(message);
        } else {
            String text = Customer.textOf(message);
            inbound.merge(text, 1, Integer::sum);
            notebook.replies()
                    .getOrDefault(text, Optional.empty())
                    .ifPresent(file -> checkFile(message.path("id").asString(), file));
        }
    }

    private void checkFile(String messageId, Attachment file) {
        filesChecked++;
        String problem = files.look(customer, messageId, file);
        if (!problem.isEmpty()) {
            fileProblems.add(problem);
        }
    }

    /** Their order is that in which the provider accepted. */
    private void readEntry(JsonNode entry, Map<String, Integer> last) {
        String text = Note.textIn(entry.path("text").asString());
        boolean again = ledger.containsKey(text);
        ledger.computeIfAbsent(text, key -> new ArrayList<>(1)).add(HandedOver.of(entry));
        String thread = text.substring(0, text.indexOf('/'));
        int sequence = Integer.parseInt(text.substring(thread.length() + 1));
        int before = last.merge(thread, sequence, Math::max);
        if (before > sequence && !again) {
            disordered.add(text + " after " + before);
        }
    }

    private void compare(String id, Note note) {
        Told told = outbound.get(id);
        List<HandedOver> sent = ledger.getOrDefault(note.text(), List.of());
        if (!sent.isEmpty()) {
            handedOver++;
        }
        if (told == null) {
            lost.add(id + " is not there");
            return;
        }
        checkCargo(id, note, sent);
        switch (told.status()) {
            case "accepted" -> {
                waiting++;
                if (sent.isEmpty()) {
                    lost.add(id + " waits");
                }
            }
            case "failed" -> failed(id, told.reason(), sent);
            default -> {
                if (sent.isEmpty()) {
                    invented.add(id + " is told to be sent");
                }
            }
        }
    }

    private void checkCargo(String id, Note note, List<HandedOver> sent) {
        for (HandedOver entry : sent) {
            if (!note.cargo().isIn(entry.type(), entry.sha256())) {
                mistaken.add(id + " was sent as " + entry.type() + " " + entry.sha256());
            }
        }
        switch (note.cargo()) {
            case Cargo.File(Attachment file) -> checkFile(id, file);
            case Cargo.Template(String _) -> templates += sent.isEmpty() ? 0 : 1;
            case Cargo.Text() -> {}
        }
    }

    private void failed(String id, String code, List<HandedOver> sent) {
        switch (code) {
            case "" -> lost.add(id + " failed without a reason");
            case OUTCOME_UNKNOWN -> {
                unknown.add(id);
                if (sent.stream().anyMatch(HandedOver::proved)) {
                    unheard.add(id);
                }
            }
            default -> failed.merge(code, 1, Integer::sum);
        }
    }

    private Tally tally(long queued) {
        Set<String> known = notebook.acknowledged().values().stream()
                .map(Note::text)
                .collect(Collectors.toCollection(HashSet::new));
        ledger.keySet().stream()
                .filter(text -> !known.contains(text))
                .forEach(text -> invented.add(text + " was sent"));
        return new Tally(
                notebook.attempted(),
                notebook.acknowledged().size(),
                notebook.recovered(),
                handedOver,
                List.copyOf(lost),
                ledger.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .toList(),
                List.copyOf(disordered),
                List.copyOf(unknown),
                List.copyOf(unheard),
                List.copyOf(invented),
                Map.copyOf(failed),
                waiting,
                queued,
                notebook.replies().size(),
                replies(null),
                replies(2),
                templates,
                filesChecked,
                List.copyOf(mistaken),
                List.copyOf(fileProblems),
                List.copyOf(notebook.backward()),
                List.copyOf(notebook.strange()));
    }

    /** Those that are not there, or there at least so often. */
    private List<String> replies(@Nullable Integer atLeast) {
        return notebook.replies().keySet().stream()
                .filter(text -> {
                    Integer count = inbound.get(text);
                    return atLeast == null ? count == null : count != null && count >= atLeast;
                })
                .toList();
    }
}
