package dev.parley.testkit.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The books of one storm, kept from one comparison to the next: of the threads only those are read again in which something
 * still moved, of the simulator's ledger what is new. What is given as settled was read anew as a whole. For one thread at a
 * time, once the storm is over.
 */
final class Books {

    private final List<Talk> talks;
    private final Notebook notebook;
    private final Customer customer;
    private final SimulatorControl simulator;
    private final StatusWatch watch;
    private final FileCheck files = new FileCheck();
    private final Map<String, ThreadBook> threads = new HashMap<>();
    private final SentBook sent = new SentBook();
    private List<Talk> moving;

    Books(List<Talk> talks, Notebook notebook, Customer customer, SimulatorControl simulator, StatusWatch watch) {
        this.talks = List.copyOf(talks);
        this.notebook = notebook;
        this.customer = customer;
        this.simulator = simulator;
        this.watch = watch;
        this.moving = this.talks;
    }

    /** Compares them as they are now. */
    Tally compare() {
        boolean whole = moving.size() == talks.size();
        Tally tally = reading(moving);
        return tally.settled() && !whole ? reading(talks) : tally;
    }

    private Tally reading(List<Talk> some) {
        long queued = simulator.callbacksQueued();
        for (Talk talk : some) {
            List<JsonNode> messages = customer.messages(talk.threadId());
            messages.stream()
                    .filter(message ->
                            message.path("attributes").path("origin").asString().equals("outbound"))
                    .forEach(watch::saw);
            threads.put(talk.threadId(), ThreadBook.of(messages));
        }
        // After the messages: what these call sent must be in it.
        sent.readOn(simulator::ledgerAfter);
        Reconciliation comparison = new Reconciliation(
                notebook, threads, sent, simulator::told, (id, file) -> files.look(customer, id, file));
        Tally tally = comparison.tally(queued);
        moving = talks.stream()
                .filter(talk -> comparison.moving().contains(talk.threadId()))
                .toList();
        return tally;
    }
}
