package dev.parley.server.search;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads, as they are now, the resources that are found by words. What is deleted is not there. */
final class SourceStore {

    private static final String GIVEN = " from unnest(?::uuid[], ?::uuid[]) as g (organization_id, id) ";

    private static final String MESSAGES =
            "select m.organization_id, m.id, m.created_at, m.payload::text" + GIVEN + """
            join messages m on m.organization_id = g.organization_id and m.id = g.id
            where m.deleted_at is null and m.payload is not null
            """;

    private static final String THREADS = """
            select t.organization_id, t.id, t.created_at, t.identifier, c.first_name, c.last_name, c.phone, c.email
            """ + GIVEN + """
            join threads t on t.organization_id = g.organization_id and t.id = g.id
            left join candidates c on c.organization_id = t.organization_id and c.id = t.candidate_id and c.deleted_at is null
            where t.deleted_at is null and t.merged_into is null
            """;

    private static final String CANDIDATES = """
            select c.organization_id, c.id, c.created_at, c.first_name, c.last_name, c.phone, c.email, c.postal_code
            """ + GIVEN + """
            join candidates c on c.organization_id = g.organization_id and c.id = g.id
            where c.deleted_at is null
            """;

    private SourceStore() {}

    /** Those of these that are there, with their words. */
    static List<Source> read(Connection connection, List<Changed> asked) throws SQLException {
        List<Source> sources = new ArrayList<>();
        read(connection, asked, Changed.MESSAGES, MESSAGES, sources);
        read(connection, asked, Changed.THREADS, THREADS, sources);
        read(connection, asked, Changed.CANDIDATES, CANDIDATES, sources);
        return sources;
    }

    private static void read(Connection connection, List<Changed> asked, String type, String sql, List<Source> sources)
            throws SQLException {
        List<Changed> these =
                asked.stream().filter(one -> one.type().equals(type)).toList();
        if (these.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Arrays(statement).uuids(these, Changed::organizationId).uuids(these, Changed::id);
            try (ResultSet row = statement.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    sources.add(new Source(
                            row.getObject(1, UUID.class),
                            type,
                            row.getObject(2, UUID.class),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            words(type, row, columns)));
                }
            }
        }
    }

    private static List<String> words(String type, ResultSet row, int columns) throws SQLException {
        Words words = new Words();
        for (int column = 4; column <= columns; column++) {
            String text = row.getString(column);
            if (text != null && type.equals(Changed.MESSAGES)) {
                PayloadTexts.of(text).forEach(words::text);
            } else {
                words.text(text);
            }
        }
        return words.list();
    }
}
