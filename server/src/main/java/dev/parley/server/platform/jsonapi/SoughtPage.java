package dev.parley.server.platform.jsonapi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a page by cursor, and finds out where those beside it begin. Nothing is counted. */
final class SoughtPage {

    private final List<Kind> kinds;
    private final ListQuery query;
    private final Seek seek;
    private final List<Resource> resources = new ArrayList<>();
    private final List<String> cursors = new ArrayList<>();
    private boolean more;

    private SoughtPage(List<Kind> kinds, ListQuery query, Seek seek) {
        this.kinds = kinds;
        this.query = query;
        this.seek = seek;
    }

    static Page read(Connection connection, ListSql sql, ListQuery query, Seek seek, Listing.RowReader reader)
            throws SQLException {
        SoughtPage page = new SoughtPage(sql.sortKinds(query), query, seek);
        try (PreparedStatement statement = Listing.prepare(connection, sql.page(query));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                page.take(rows, reader);
            }
        }
        return page.page();
    }

    private void take(ResultSet rows, Listing.RowReader reader) throws SQLException {
        more = resources.size() == query.size();
        if (!more) {
            resources.add(reader.read(rows));
            cursors.add(cursor(rows));
        }
    }

    private String cursor(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            values.add(value(kinds.get(i), row, ListSql.SORTED + i));
        }
        values.add(row.getObject(ListSql.SORTED + kinds.size(), UUID.class));
        return Cursors.write(query.order(), values);
    }

    private static @Nullable Object value(Kind kind, ResultSet row, String column) throws SQLException {
        return switch (kind) {
            case Kind.Time time -> {
                OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
                yield at == null ? null : at.toInstant();
            }
            case Kind.Whole whole -> {
                long number = row.getLong(column);
                yield row.wasNull() ? null : number;
            }
            case Kind other -> row.getString(column);
        };
    }

    private Page page() {
        if (seek.backwards()) {
            Collections.reverse(resources);
            Collections.reverse(cursors);
        }
        boolean back = seek.backwards() ? more : !seek.text().isEmpty();
        boolean on = seek.backwards() ? !seek.text().isEmpty() : more;
        // With nothing behind the cursor, all that there is lies before it: the empty cursor names that end.
        String before = cursors.isEmpty() ? "" : cursors.getFirst();
        String after = cursors.isEmpty() ? "" : cursors.getLast();
        return Page.sought(resources, new Page.Edges(back ? before : null, on ? after : null));
    }
}
