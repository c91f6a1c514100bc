package dev.parley.server.wiring;

import dev.parley.server.accounts.CallbackAccounts;
import dev.parley.server.dispatch.Dispatcher;
import dev.parley.server.events.Appended;
import dev.parley.server.organizations.TokenAuthenticator;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.notify.Hearing;
import dev.parley.server.platform.notify.Hint;
import dev.parley.server.platform.notify.Listener;
import dev.parley.server.platform.notify.Notifier;
import dev.parley.server.platform.notify.Rest;
import dev.parley.server.platform.notify.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What this node tells the others, and what it does when they tell it. */
final class Hints implements AutoCloseable {

    private static final Topic DISPATCH = new Topic("dispatch");
    private static final Topic ACCOUNTS = new Topic("accounts");
    private static final Topic TOKENS = new Topic("tokens");
    private static final Topic EVENTS = new Topic("events");
    private static final String SEPARATOR = "/";

    private final Database database;
    private final UUID node;
    private final MeterRegistry registry;
    private final Notifier notifier;

    Hints(Database database, UUID node, MeterRegistry registry) {
        this.database = database;
        this.node = node;
        this.registry = registry;
        this.notifier = new Notifier(database, node, Rest.REAL, topic -> count(topic, "told"));
    }

    /** This process. */
    UUID node() {
        return node;
    }

    /** An account has work that this node can't do at once. */
    void workIsWaiting(UUID organization, UUID account) {
        notifier.tell(DISPATCH, organization + SEPARATOR + account);
    }

    void accountChanged(UUID organization, UUID account) {
        notifier.tell(ACCOUNTS, organization + SEPARATOR + account);
    }

    void tokensReplaced() {
        notifier.tell(TOKENS, "all");
    }

    void eventsAppended() {
        notifier.tell(EVENTS, "all");
    }

    /** Tells and hears from now on, until the listener is closed; this node lives for the others as long. */
    Listener start(Dispatcher dispatcher, CallbackAccounts accounts, TokenAuthenticator tokens, Appended appended) {
        notifier.start();
        Consumer<Hint> work = hint -> eachAccount(hint, dispatcher::offered, dispatcher::look);
        Consumer<Hint> changes = hint -> accounts.forget();
        Map<Topic, Consumer<Hint>> hearers = Map.of(
                DISPATCH,
                counted(DISPATCH, work),
                ACCOUNTS,
                counted(ACCOUNTS, changes.andThen(work)),
                TOKENS,
                counted(TOKENS, hint -> tokens.clear()),
                EVENTS,
                counted(EVENTS, hint -> appended.signal()));
        Listener listener = new Listener(
                database,
                node,
                notifier,
                new Hearing(hearers, () -> {
                    accounts.forget();
                    tokens.clear();
                    appended.signal();
                }),
                Rest.REAL,
                System::nanoTime);
        listener.start();
        Gauge.builder("parley.listener.connected", listener, known -> known.connected() ? 1 : 0)
                .description("1 while this node can hear the others")
                .register(registry);
        Gauge.builder("parley.nodes.others", listener, Listener::others)
                .description("Other nodes on the same database that live, as this one sees it")
                .register(registry);
        return listener;
    }

    private Consumer<Hint> counted(Topic topic, Consumer<Hint> hearer) {
        return hint -> {
            count(topic, "heard");
            hearer.accept(hint);
        };
    }

    private static void eachAccount(Hint hint, BiConsumer<UUID, UUID> one, Runnable any) {
        if (hint.ids().isEmpty()) {
            any.run();
        }
        for (String id : hint.ids()) {
            int at = id.indexOf(SEPARATOR);
            one.accept(UUID.fromString(id.substring(0, at)), UUID.fromString(id.substring(at + 1)));
        }
    }

    private void count(Topic topic, String way) {
        Counter.builder("parley.hints")
                .description("Hints between nodes")
                .tags("topic", topic.name(), "way", way)
                .register(registry)
                .increment();
    }

    @Override
    public void close() {
        notifier.close();
    }
}
