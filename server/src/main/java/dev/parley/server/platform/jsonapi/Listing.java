package dev.parley.server.platform.jsonapi;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the statements of a list on a connection. */
public final class Listing {

    private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": *(\\d+)");

    private Listing() {}

    /** Makes a resource of the row that a result set stands on. */
    @FunctionalInterface
    public interface RowReader {
        /** Reads one row. */
        Resource read(ResultSet row) throws SQLException;
    }

    /** One page, with its counts where it is a numbered one. */
    public static Page page(Connection connection, ListSql sql, ListQuery asked, RowReader reader) throws SQLException {
        EntryList list = EntryList.of(connection, sql, asked);
        ListQuery query = list.query();
        Seek seek = query.seek();
        if (seek != null) {
            return SoughtPage.read(connection, list.rows(), query, seek, reader);
        }
        List<Resource> resources = resources(connection, list.rows().page(query), reader);
        Page.Count total = count(connection, list.counted(), query);
        Page.Count unfiltered = asked.criteria().isEmpty() ? total : unfiltered(connection, sql, asked);
        return new Page(resources, total, unfiltered);
    }

    /**
     * A numbered page of a list whose matches are known already.
     *
     * @param rows finds what is on the page, and nothing else
     * @param total how many match in all
     */
    public static Page page(Connection connection, ListSql sql, ListQuery rows, Page.Count total, RowReader reader)
            throws SQLException {
        return new Page(resources(connection, sql.page(rows), reader), total, unfiltered(connection, sql, rows));
    }

    private static List<Resource> resources(Connection connection, ListSql.Sql page, RowReader reader)
            throws SQLException {
        List<Resource> resources = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, page);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                resources.add(reader.read(rows));
            }
        }
        return resources;
    }

    private static Page.Count unfiltered(Connection connection, ListSql sql, ListQuery query) throws SQLException {
        return count(connection, sql, new ListQuery(List.of(), query.order(), query.number(), query.size()));
    }

    private static Page.Count count(Connection connection, ListSql sql, ListQuery query) throws SQLException {
        LongLists longLists = ListScope.current().longLists();
        ListSql.Sql counting = sql.count(query);
        Page.Count known = longLists.find(counting);
        if (known != null) {
            return known;
        }
        Page.Count count = count(connection, sql, query, counting);
        longLists.counted(counting, count);
        return count;
    }

    private static Page.Count count(Connection connection, ListSql sql, ListQuery query, ListSql.Sql counting)
            throws SQLException {
        long counted = number(connection, counting);
        if (counted <= ListSql.EXACT) {
            return Page.Count.exactly(counted);
        }
        Matcher rows = PLAN_ROWS.matcher(first(connection, sql.estimate(query)));
        long planned = rows.find() ? Long.parseLong(rows.group(1)) : 0;
        return new Page.Count(Math.max(planned, counted), true);
    }

    static long number(Connection connection, ListSql.Sql sql) throws SQLException {
        return Long.parseLong(first(connection, sql));
    }

    private static String first(Connection connection, ListSql.Sql sql) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("a count gave no row");
            }
            return rows.getString(1);
        }
    }

    static PreparedStatement prepare(Connection connection, ListSql.Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        ListScope.current().limit(statement);
        int at = 1;
        for (Object value : sql.binds()) {
            statement.setObject(at++, value instanceof Object[] several ? array(connection, several) : value);
        }
        return statement;
    }

    private static Array array(Connection connection, Object[] values) throws SQLException {
        String type = switch (values[0]) {
            case UUID id -> "uuid";
            case Long number -> "bigint";
            case Boolean bool -> "boolean";
            case OffsetDateTime time -> "timestamptz";
            default -> "text";
        };
        return connection.createArrayOf(type, values);
    }
}
