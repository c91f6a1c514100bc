package dev.parley.server.events;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database with the schema, and short ways to append and read events. */
public final class EventFixture implements AutoCloseable {

    /** An event as a reader sees it. */
    public record Seen(long position, UUID resource, String state) {}

    public final TestDatabase test;
    public final Database database;
    public final UUID organization = UUID.randomUUID();
    private final boolean dropped;

    /** On a database of the tests' shared server. */
    public EventFixture() {
        this(Schema.create(), true);
    }

    /** On a database that was migrated, and stays when this is closed. */
    EventFixture(TestDatabase migrated) {
        this(migrated, false);
    }

    private EventFixture(TestDatabase test, boolean dropped) {
        this.test = test;
        this.dropped = dropped;
        database = Schema.open(test);
    }

    /** An event of a resource; {@code number} is in its state. */
    public Event event(UUID resource, int number) {
        return new Event(
                organization,
                Event.Kind.UPDATE,
                "candidates",
                resource,
                null,
                List.of("number"),
                "{\"number\": " + number + "}",
                Instant.parse("2026-11-22T10:00:00Z"));
    }

    /** Changes a row, as every transaction does that appends events, and appends. */
    public void change(Connection connection, UUID resource, int number) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into nodes (id, started_at, seen_at) values (?, now(), now())")) {
            statement.setObject(1, UUID.randomUUID());
            statement.executeUpdate();
        }
        EventLog.append(connection, event(resource, number));
    }

    /** Appends in a transaction of its own. */
    public void append(UUID resource, int number) {
        database.transact(connection -> {
            change(connection, resource, number);
            return 0;
        });
    }

    /** A connection in the middle of a transaction. */
    public Connection begin() throws SQLException {
        Connection connection = test.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Events after a position, up to another. */
    public List<Seen> read(long after, long upTo) {
        return database.call(connection -> {
            List<Seen> seen = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("""
                    select position, resource_id, state::jsonb ->> 'number' from events
                    where organization_id = ? and position > ? and position <= ? order by position
                    """)) {
                statement.setObject(1, organization);
                statement.setLong(2, after);
                statement.setLong(3, upTo);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        seen.add(new Seen(row.getLong(1), row.getObject(2, UUID.class), row.getString(3)));
                    }
                }
            }
            return seen;
        });
    }

    public List<Seen> all() {
        return read(-1, Long.MAX_VALUE);
    }

    public void run(String sql) {
        database.call(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** The first column of each row. */
    public List<String> query(String sql) {
        return database.call(connection -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    values.add(row.getString(1));
                }
            }
            return values;
        });
    }

    /** Moves the database's time on. */
    public void pass(Duration time) {
        run("update database_clock set shift = shift + interval '" + time.toSeconds() + " seconds'");
    }

    @Override
    public void close() {
        database.close();
        if (dropped) {
            test.close();
        }
    }
}
