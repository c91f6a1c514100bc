package dev.parley.server.events.stream;

import dev.parley.server.events.feed.LoggedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the event log across organizations, by position. */
final class TailStore {

    /** Of more organizations than these all events are read: comparing each with a long list costs more. */
    private static final int MOST_NAMED = 200;

    private static final String READ = """
            select organization_id, position, event, resource_type, resource_id, thread_id, fields, state, created_at
            from events
            where position > ? and position <= ? and (?::uuid[] is null or organization_id = any (?::uuid[]))
            order by position
            """;

    private TailStore() {}

    /** The events between two positions, by organization, at least those of the organizations that are named. */
    static Map<UUID, List<LoggedEvent>> read(
            Connection connection, long after, long upTo, Collection<UUID> organizations) throws SQLException {
        Map<UUID, List<LoggedEvent>> read = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Object named = organizations.size() > MOST_NAMED
                    ? null
                    : connection.createArrayOf("uuid", organizations.toArray());
            statement.setLong(1, after);
            statement.setLong(2, upTo);
            statement.setObject(3, named);
            statement.setObject(4, named);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID organization = row.getObject("organization_id", UUID.class);
                    read.computeIfAbsent(organization, added -> new ArrayList<>())
                            .add(LoggedEvent.of(row));
                }
            }
        }
        return read;
    }
}
