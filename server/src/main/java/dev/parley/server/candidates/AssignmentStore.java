package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Which candidates are assigned to which users. Whoever writes those of a user holds the lock of the user's row. */
final class AssignmentStore {

    // Shared, so that none of them is hidden before its assignment is committed; by id, so that nobody waits in a
    // circle.
    private static final String KEEP = """
            select id from candidates
            where organization_id = ? and id = any (?) and deleted_at is null
            order by id for share
            """;

    private static final String REMOVE_OTHERS = """
            with others as materialized (
                select candidate_id from user_candidates
                where organization_id = ? and user_id = ? and candidate_id <> all (?)
                order by candidate_id for update)
            delete from user_candidates a using others o
            where a.organization_id = ? and a.user_id = ? and a.candidate_id = o.candidate_id
            """;

    private static final String ADD = """
            insert into user_candidates (organization_id, user_id, candidate_id)
            select ?, ?, c.id from unnest(?) c (id) order by c.id
            on conflict do nothing
            """;

    private static final String REMOVE = """
            with named as materialized (
                select candidate_id from user_candidates
                where organization_id = ? and user_id = ? and candidate_id = any (?)
                order by candidate_id for update)
            delete from user_candidates a using named n
            where a.organization_id = ? and a.user_id = ? and a.candidate_id = n.candidate_id
            """;

    private static final String COUNT_WITH = """
            select count(*) from (
                select candidate_id from user_candidates where organization_id = ? and user_id = ?
                union
                select unnest(?)) a
            """;

    private static final String FORGET = """
            with gone as materialized (
                select user_id from user_candidates
                where organization_id = ? and candidate_id = ? order by user_id for update)
            delete from user_candidates a using gone g
            where a.organization_id = ? and a.candidate_id = ? and a.user_id = g.user_id
            """;

    private AssignmentStore() {}

    /** Those of the candidates that there are; they can't be hidden until the transaction ends. */
    static Set<UUID> keep(Connection connection, UUID organizationId, Collection<UUID> candidates) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            Binds.all(statement, organizationId, connection.createArrayOf("uuid", candidates.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }

    /** Assigns these candidates to a user and no others; whether that changed anything. */
    static boolean replace(Connection connection, UUID organizationId, UUID user, Collection<UUID> candidates)
            throws SQLException {
        Object wanted = connection.createArrayOf("uuid", candidates.toArray());
        int removed = execute(connection, REMOVE_OTHERS, organizationId, user, wanted, organizationId, user);
        int added = execute(connection, ADD, organizationId, user, wanted);
        return removed + added > 0;
    }

    /** Assigns these candidates to a user as well; whether that changed anything. */
    static boolean add(Connection connection, UUID organizationId, UUID user, Collection<UUID> candidates)
            throws SQLException {
        return execute(connection, ADD, organizationId, user, connection.createArrayOf("uuid", candidates.toArray()))
                > 0;
    }

    /** Takes these candidates from a user; whether that changed anything. */
    static boolean remove(Connection connection, UUID organizationId, UUID user, Collection<UUID> candidates)
            throws SQLException {
        Object named = connection.createArrayOf("uuid", candidates.toArray());
        return execute(connection, REMOVE, organizationId, user, named, organizationId, user) > 0;
    }

    /** How many candidates a user would have with these. */
    static long countWith(Connection connection, UUID organizationId, UUID user, Collection<UUID> candidates)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT_WITH)) {
            Binds.all(statement, organizationId, user, connection.createArrayOf("uuid", candidates.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Takes a candidate that is being hidden from all users. */
    static void forget(Connection connection, UUID organizationId, UUID candidate) throws SQLException {
        execute(connection, FORGET, organizationId, candidate, organizationId, candidate);
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Binds.all(statement, values).executeUpdate();
        }
    }
}
