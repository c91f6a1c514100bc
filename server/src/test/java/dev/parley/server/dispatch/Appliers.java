package dev.parley.server.dispatch;

import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.callbacks.CallbackApplier;
import dev.parley.server.callbacks.InboundApplication;
import dev.parley.server.callbacks.RenameApplication;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.templates.TemplateApplication;
import dev.parley.server.templates.TemplateMemory;
import dev.parley.server.threads.ThreadIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies what providers report, and settings to send by, for tests of what a message costs. */
final class Appliers {

    /** Long waits: on a busy machine a call that times out would be in doubt. */
    static final DispatchSettings PATIENT = new DispatchSettings(
            100,
            Duration.ofSeconds(25),
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            Duration.ofSeconds(1),
            Duration.ofSeconds(9),
            new Circuit.Limits(1000, Duration.ofSeconds(1), Duration.ofSeconds(9)));

    private Appliers() {}

    static CallbackApplier on(Database database) {
        InstantSource clock = InstantSource.system();
        Map<String, Connector> connectors =
                Connectors.all().stream().collect(Collectors.toMap(Connector::provider, Function.identity()));
        FingerprintStore erased = new FingerprintStore(text -> new byte[0]);
        ThreadIdentity identity = new ThreadIdentity(database, Connectors.all(), Ids.timeOrdered(), clock, () -> {});
        return new CallbackApplier(
                database,
                connectors,
                new InboundApplication(connectors, identity, erased, Ids.timeOrdered(), clock),
                new RenameApplication(connectors, identity, erased),
                erased,
                () -> new TemplateApplication(new TemplateMemory(database, clock, () -> {}), clock),
                (organization, thread, addresses) -> {},
                () -> {},
                clock);
    }

    /** Stores a report on each of so many messages of a state, as a provider's callback does. */
    static void report(DispatchWorld world, String status, String on, int count) {
        world.run("insert into callback_updates (organization_id, account_id, provider, body, received_at) "
                + "select a.organization_id, a.account_id, 'web', json_build_object('status', json_build_object('id', "
                + "a.provider_message_id, 'status', '" + status
                + "', 'timestamp', extract(epoch from now())::bigint)), now() "
                + "from attempts a join messages m on m.id = a.message_id where m.delivery_status = '" + on + "' limit "
                + count);
    }
}
