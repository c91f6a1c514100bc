package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads queries as the routes do, for tests of the statements behind them. */
public final class Queries {

    private Queries() {}

    /** The first page of what has these values, as {@code filter[a]=x&filter[b]=y}. */
    public static ListQuery read(ResourceType type, String query) {
        List<ListQuery.Criterion> criteria = new ArrayList<>();
        for (String one : query.split("&")) {
            String[] pair = one.split("=", 2);
            FilterReader.Reading reading =
                    FilterReader.read(type, new QueryParameter(pair[0], pair[1]), pair[0].substring("filter".length()));
            if (!reading.problems().isEmpty()) {
                throw new AssertionError(reading.problems());
            }
            criteria.addAll(reading.criteria());
        }
        ListQuery.Order newest = new ListQuery.Order(
                "createdAt", Objects.requireNonNull(type.sorts().get("createdAt")), true);
        return new ListQuery(criteria, List.of(newest), 1, 25);
    }

    /** The statement that finds the page. */
    public static ListSql.Sql page(Connection connection, ListSql sql, ListQuery query) throws SQLException {
        EntryList list = EntryList.of(connection, sql, query);
        return list.rows().page(list.query());
    }
}
