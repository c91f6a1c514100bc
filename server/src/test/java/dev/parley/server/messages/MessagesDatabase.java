package dev.parley.server.messages;

import dev.parley.connector.Capabilities;
import dev.parley.connector.Capabilities.Evidence;
import dev.parley.connector.Capabilities.InDoubt;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.server.platform.db.Migrations;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import dev.parley.testkit.postgres.TrafficCounter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A migrated database with accounts and threads put in by SQL, as their features would. */
@NullUnmarked
final class MessagesDatabase implements AutoCloseable {

    static final List<ChannelRule> RULES = List.of(rule("whatsapp", Duration.ofHours(24), 20), rule("web", null, 40));

    private static ChannelRule rule(String channel, Duration window, int textLimit) {
        return new ChannelRule(
                channel, new Capabilities(window, textLimit, 80, null, Evidence.NONE, InDoubt.FAIL, true));
    }

    private final TestDatabase made;
    private final boolean dropped;
    final Database database;

    MessagesDatabase() {
        dropped = true;
        made = TestPostgres.template("messages_schema", empty -> {
                    try (Database database = open(empty)) {
                        Migrations.run(database);
                    }
                })
                .create();
        database = open(made);
    }

    /** One that was migrated, and stays when this is closed. */
    MessagesDatabase(TestDatabase migrated) {
        dropped = false;
        made = migrated;
        database = open(made);
    }

    private static Database open(TestDatabase made) {
        return Database.open(new DatabaseOptions(
                made.jdbcUrl(), made.username(), made.password(), 12, true, Duration.ofSeconds(30)));
    }

    /** Another pool, as of another node. */
    Database anotherNode() {
        return open(made);
    }

    /** Counts what goes to this database {@link #through} it. */
    TrafficCounter counter() {
        return new TrafficCounter(made);
    }

    UUID account(UUID organization, String channel, boolean isDefault) {
        UUID id = UUID.randomUUID();
        run("""
                insert into channel_accounts (organization_id, id, channel, provider, name, is_default, status,
                    messages_per_second, in_doubt, settings, secrets, created_at, updated_at)
                values (?, ?, ?, 'web', 'x', ?, 'connected', 80, 'fail', '{}', '', parley_now(), parley_now())
                """, organization, id, channel, isDefault);
        return id;
    }

    UUID thread(UUID organization, String channel) {
        UUID id = UUID.randomUUID();
        run("""
                insert into threads (organization_id, id, channel, identifier, created_at, updated_at)
                values (?, ?, ?, ?, parley_now(), parley_now())
                """, organization, id, channel, id.toString());
        run("insert into thread_dispatch (organization_id, thread_id) values (?, ?)", organization, id);
        return id;
    }

    void window(UUID organization, UUID thread, UUID account, String left) {
        run(
                "insert into thread_windows values (?, ?, ?, parley_now() + ?::interval)",
                organization,
                thread,
                account,
                left);
    }

    /** A thread of a channel without windows, and the account that it needs. */
    UUID webThread(UUID organization) {
        boolean connected = !rows(
                        "select 1 from channel_accounts where organization_id = ? and channel = 'web'", organization)
                .isEmpty();
        if (!connected) {
            account(organization, "web", true);
        }
        return thread(organization, "web");
    }

    void shiftClock(Duration by) {
        run("update database_clock set shift = shift + ? * interval '1 second'", by.toSeconds());
    }

    int run(String sql, Object... values) {
        return database.call(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    List<Map<String, Object>> rows(String sql, Object... values) {
        return database.call(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                List<Map<String, Object>> all = new ArrayList<>();
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        Map<String, Object> one = new LinkedHashMap<>();
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            one.put(row.getMetaData().getColumnName(i), row.getObject(i));
                        }
                        all.add(one);
                    }
                }
                return all;
            }
        });
    }

    Map<String, Object> row(String sql, Object... values) {
        List<Map<String, Object>> all = rows(sql, values);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " rows: " + sql);
        }
        return all.getFirst();
    }

    long number(String sql, Object... values) {
        return ((Number) row(sql, values).values().iterator().next()).longValue();
    }

    /** As precise as PostgreSQL keeps it. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        database.close();
        if (dropped) {
            made.close();
        }
    }
}
