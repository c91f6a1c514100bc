package dev.parley.server.erasure;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Raw and parked callbacks that are about a person. */
final class RawCallbackStore {

    private static final String VALUES = """
            select value from thread_addresses where organization_id = ? and thread_id = any (?)
            union select unnest(identifier || former_addresses) from threads where organization_id = ? and id = any (?)
            """;

    // A value stands in JSON as a whole string; a phone number may also stand within one, for example behind a plus.
    private static final String REMOVE = """
            delete from callback_updates u
            where u.organization_id = ? and (
                exists (select from unnest(?::text[]) as v (value)
                        where strpos(u.body, to_json(v.value)::text) > 0
                           or v.value ~ '^[0-9]{7,}$' and u.body ~ ('(^|[^0-9A-Za-z])' || v.value || '($|[^0-9A-Za-z])'))
                or u.provider_message_id in (
                    select m.provider_message_id from messages m where m.organization_id = ? and m.thread_id = any (?)
                    union select a.provider_message_id from messages m
                    join attempts a on a.organization_id = m.organization_id and a.message_id = m.id
                    where m.organization_id = ? and m.thread_id = any (?)))
            """;

    private RawCallbackStore() {}

    /** Every value by which providers name the person. */
    static Set<String> values(Connection connection, Subject subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(VALUES)) {
            bindThreads(statement, 1, subject);
            bindThreads(statement, 3, subject);
            Set<String> values = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    values.add(row.getString(1));
                }
            }
            return values;
        }
    }

    /** Removes what names the person or a message of theirs; how many. */
    static int remove(Connection connection, Subject subject, Set<String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setObject(1, subject.organizationId());
            statement.setArray(2, connection.createArrayOf("text", values.toArray()));
            bindThreads(statement, 3, subject);
            bindThreads(statement, 5, subject);
            return statement.executeUpdate();
        }
    }

    private static void bindThreads(PreparedStatement statement, int at, Subject subject) throws SQLException {
        statement.setObject(at, subject.organizationId());
        statement.setArray(at + 1, threads(statement.getConnection(), subject.threads()));
    }

    private static Array threads(Connection connection, List<UUID> threads) throws SQLException {
        return connection.createArrayOf("uuid", threads.toArray());
    }
}
