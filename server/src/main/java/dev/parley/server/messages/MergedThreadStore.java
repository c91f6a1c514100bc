package dev.parley.server.messages;

import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListQuery.Criterion;
import dev.parley.server.platform.jsonapi.Operator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds the messages of threads that were merged into others: a list names them by either id. */
final class MergedThreadStore {

    private static final String MERGED =
            "select id, merged_into from threads where organization_id = ? and id = any(?) and merged_into is not null";

    private MergedThreadStore() {}

    /** The same list, with each thread that it names in place of those that were merged into it. */
    static ListQuery redirected(Connection connection, UUID organization, ListQuery query) throws SQLException {
        return query.replacing(
                MessageType.THREAD,
                criterion -> criterion.operator() == Operator.NULL
                        ? criterion
                        : redirected(connection, organization, criterion));
    }

    private static Criterion redirected(Connection connection, UUID organization, Criterion criterion)
            throws SQLException {
        Map<Object, UUID> merged = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(MERGED)) {
            statement.setObject(1, organization);
            statement.setArray(
                    2, connection.createArrayOf("uuid", criterion.values().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    merged.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                }
            }
        }
        List<Object> values = new ArrayList<>();
        for (Object named : criterion.values()) {
            UUID into = merged.get(named);
            values.add(into == null ? named : into);
        }
        return new Criterion(criterion.filter(), criterion.operator(), List.copyOf(values));
    }
}
