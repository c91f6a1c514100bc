package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.jsonapi.Documents;
import dev.parley.server.platform.outbound.GuardedHttp;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What a {@link Deliverer} sends with. */
public final class Outgoing {

    private final Database database;
    private final DeliverySettings settings;
    private final Caller caller;
    private final Results results;
    private final Secrets secrets;

    /**
     * Wires it.
     *
     * @param http for webhooks alone, so that nobody else's calls wait behind them
     * @param documents with every type that events are of
     * @param open opens a sealed secret
     */
    public Outgoing(
            Database database,
            DeliverySettings settings,
            GuardedHttp http,
            Documents documents,
            Function<byte[], String> open,
            InstantSource clock,
            RandomGenerator random,
            DeliveryMeter meter) {
        this.database = database;
        this.settings = settings;
        this.caller = new Caller(http, new DeliveryDocument(documents), settings, clock);
        this.results = new Results(database, settings, new RetrySchedule(settings.retries(), random), meter);
        this.secrets = new Secrets(database, open);
    }

    Database database() {
        return database;
    }

    DeliverySettings settings() {
        return settings;
    }

    Caller caller() {
        return caller;
    }

    Results results() {
        return results;
    }

    Secrets secrets() {
        return secrets;
    }
}
