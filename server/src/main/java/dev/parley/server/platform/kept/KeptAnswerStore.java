package dev.parley.server.platform.kept;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The rows of keys, of requests under way and of those that were answered. All times are the database's. */
public final class KeptAnswerStore {

    // A key that was too old to be found is taken over, and so is one whose node died, where it may be.
    private static final String CLAIM = """
            insert into kept_answers as k (organization_id, key, fingerprint, lease, lease_until, created_at)
            values (?, ?, ?, ?, parley_now() + ? * interval '1 millisecond', parley_now())
            on conflict (organization_id, key) do update
                set fingerprint = excluded.fingerprint, lease = excluded.lease, lease_until = excluded.lease_until,
                    created_at = excluded.created_at, status = null, location = null, body = null, resource_ids = null
                where k.created_at <= parley_now() - ? * interval '1 millisecond'
                   or (? and k.status is null and k.lease_until <= parley_now() and k.fingerprint = excluded.fingerprint)
            """;

    private static final String FIND = """
            select fingerprint, status, location, body, lease_until > parley_now() as running
            from kept_answers where organization_id = ? and key = ?
            """;

    private static final String KEEP = """
            update kept_answers set status = ?, location = ?, body = ?, resource_ids = ?, lease_until = null
            where organization_id = ? and key = ? and lease = ? and status is null
            """;

    private static final String RELEASE =
            "delete from kept_answers where organization_id = ? and key = ? and lease = ? and status is null";

    private static final String FORGET = "delete from kept_answers where organization_id = ? and resource_ids && ?";

    private KeptAnswerStore() {}

    /** Removes the answers that show any of these resources; how many they were. */
    public static int forget(Connection connection, UUID organization, Collection<UUID> resources) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setObject(1, organization);
            statement.setArray(2, connection.createArrayOf("uuid", resources.toArray()));
            return statement.executeUpdate();
        }
    }

    /**
     * Takes the lease of a key, if it can be had.
     *
     * @param again whether a request whose node died may be worked for again
     */
    static boolean claim(Connection connection, KeptKey key, UUID lease, Duration leased, Duration kept, boolean again)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            return Binds.all(
                                    statement,
                                    key.organization(),
                                    key.key(),
                                    key.fingerprint(),
                                    lease,
                                    leased.toMillis(),
                                    kept.toMillis(),
                                    again)
                            .executeUpdate()
                    == 1;
        }
    }

    /** What is known of a key whose lease can't be had. */
    static Claim find(Connection connection, KeptKey key) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(FIND), key.organization(), key.key());
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                // It was given up this moment.
                return new Claim.Running();
            }
            if (!Arrays.equals(row.getBytes("fingerprint"), key.fingerprint())) {
                return new Claim.Reused();
            }
            int status = row.getInt("status");
            if (row.wasNull()) {
                return row.getBoolean("running") ? new Claim.Running() : new Claim.Lost();
            }
            return new Claim.Answered(
                    new KeptAnswer(status, row.getString("location"), row.getBytes("body"), List.of()));
        }
    }

    /** Writes the answer down; false when the lease is somebody else's by now. */
    static boolean keep(Connection connection, KeptKey key, UUID lease, KeptAnswer answer) throws SQLException {
        Array resources = connection.createArrayOf("uuid", answer.resources().toArray());
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setInt(1, answer.status());
            statement.setString(2, answer.location());
            statement.setBytes(3, answer.body());
            statement.setArray(4, resources);
            statement.setObject(5, key.organization());
            statement.setBytes(6, key.key());
            statement.setObject(7, lease);
            return statement.executeUpdate() == 1;
        }
    }

    /** Gives the key up: the next request with it is the first. */
    static void release(Connection connection, KeptKey key, UUID lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            Binds.all(statement, key.organization(), key.key(), lease).executeUpdate();
        }
    }
}
