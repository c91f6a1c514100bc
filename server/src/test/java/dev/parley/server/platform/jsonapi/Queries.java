package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Reads queries as the routes do, for tests of the statements behind them. */
public final class Queries {

    private Queries() {}

    /** The first page of what has this value. */
    public static ListQuery read(ResourceType type, String filter, String value) {
        FilterReader.Reading reading =
                FilterReader.read(type, new QueryParameter(filter, value), filter.substring("filter".length()));
        if (!reading.problems().isEmpty()) {
            throw new AssertionError(reading.problems());
        }
        ListQuery.Order newest = new ListQuery.Order(
                "createdAt", Objects.requireNonNull(type.sorts().get("createdAt")), true);
        return new ListQuery(reading.criteria(), List.of(newest), 1, 25);
    }

    /** What the list's statements are made for. */
    public static ListQuery chosen(Connection connection, ListSql sql, ListQuery query) throws SQLException {
        return CommonEntries.chosen(connection, sql, query);
    }
}
