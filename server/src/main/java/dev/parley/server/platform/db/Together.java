package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that are sent to the database in one round trip, and run there one after the other in the order added, each with a
 * snapshot of its own. When one fails the later ones do not run. Of one thread, for one use.
 */
public final class Together {

    /** Binds the parameters of one statement. */
    @FunctionalInterface
    public interface Binding {
        void bind(Arrays parameters) throws SQLException;
    }

    /** Reads what one statement answered. */
    @FunctionalInterface
    public interface Reading {
        void read(ResultSet rows) throws SQLException;
    }

    private record Part(String sql, Binding binding) {}

    private final List<Part> parts;

    /** Nothing yet. */
    public Together() {
        this(List.of());
    }

    private Together(List<Part> parts) {
        this.parts = new ArrayList<>(parts);
    }

    /** Adds a statement; it has no semicolon at its end. */
    public Together add(String sql, Binding binding) {
        parts.add(new Part(sql, binding));
        return this;
    }

    /** Runs statements that give no rows; how many rows each changed, in their order. */
    public List<Integer> write(Connection connection) throws SQLException {
        return parts.isEmpty() ? List.of() : changed(connection);
    }

    /** The same, and commits in the same round trip; for a {@link Group.End}. */
    public List<Integer> commit(Connection connection) throws SQLException {
        return new Together(parts).add("commit", parameters -> {}).changed(connection);
    }

    /** {@link #commit} as the end of a group, when nobody asks how many rows were changed. */
    public Group.End end() {
        return connection -> {
            commit(connection);
            return true;
        };
    }

    private List<Integer> changed(Connection connection) throws SQLException {
        List<Integer> changed = new ArrayList<>(parts.size());
        try (PreparedStatement statement = executed(connection)) {
            for (int i = 0; i < parts.size(); i++) {
                changed.add(statement.getUpdateCount());
                statement.getMoreResults();
            }
        }
        return changed;
    }

    /** Runs statements that all give rows, each read by the reading at its place. */
    public void read(Connection connection, List<Reading> readings) throws SQLException {
        try (PreparedStatement statement = executed(connection)) {
            for (Reading reading : readings) {
                try (ResultSet rows = statement.getResultSet()) {
                    reading.read(rows);
                }
                statement.getMoreResults();
            }
        }
    }

    private PreparedStatement executed(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(
                String.join(";\n", parts.stream().map(Part::sql).toList()));
        try {
            Arrays parameters = new Arrays(statement);
            for (Part part : parts) {
                part.binding().bind(parameters);
            }
            statement.execute();
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
