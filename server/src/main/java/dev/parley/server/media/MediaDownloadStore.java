package dev.parley.server.media;

import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of files that are still at a provider. */
final class MediaDownloadStore {

    // A node that takes one has ten minutes; after that another takes it. The oldest, but few of each organization.
    private static final String TAKE = """
            with due as materialized (
                select organization_id, message_id, due_at,
                       row_number() over (partition by organization_id order by due_at) as turn
                from media_downloads where due_at <= parley_now() and organization_id <> all (?)
            ), taken as materialized (
                select organization_id, message_id from media_downloads
                where (organization_id, message_id) in (
                    select organization_id, message_id from due where turn <= ? order by due_at limit ?) and due_at <= parley_now()
                for update skip locked
            )
            update media_downloads d set due_at = parley_now() + interval '10 minutes', tries = d.tries + 1
            from taken t where d.organization_id = t.organization_id and d.message_id = t.message_id
            returning d.organization_id, d.message_id, d.account_id, d.provider_id, d.tries,
                      d.give_up_at <= parley_now() as last,
                      (select m.payload -> (m.payload ->> 'type') ->> 'sha256' from messages m
                       where m.organization_id = d.organization_id and m.id = d.message_id
                         and m.payload -> (m.payload ->> 'type') ->> 'size' is null) as sha256
            """;

    private static final String AGAIN = """
            update media_downloads set due_at = parley_now() + least(3600, 2 * 2 ^ least(tries, 12)) * interval '1 second'
            where organization_id = ? and message_id = ? and provider_id = ?
            """;

    private static final String LOCK = "select id from messages where organization_id = ? and id = ? for no key update";

    // The message may want another file by now, or none.
    private static final String REMOVE =
            "delete from media_downloads where organization_id = ? and message_id = ? and provider_id = ?";

    private static final String ACCOUNT = "select " + AccountReader.COLUMNS
            + " from channel_accounts a where a.organization_id = ? and a.id = ? and a.deleted_at is null";

    /**
     * A file to get.
     *
     * @param last whether the provider's time for it is over
     * @param sha256 what the provider said of it when the message came; null when it did not, or when the message has a file
     */
    record Job(
            UUID organization,
            UUID message,
            UUID account,
            String providerId,
            int tries,
            boolean last,
            @Nullable String sha256) {}

    private static final String RECALL = """
            update media_downloads set due_at = parley_now() + interval '10 minutes'
            where due_at > parley_now() + interval '10 minutes'
            """;

    private MediaDownloadStore() {}

    /** What is due later than a node that takes it now has time for is due then; how many. */
    static int recall(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECALL)) {
            return statement.executeUpdate();
        }
    }

    /**
     * Some that are due; nobody else takes them for a while.
     *
     * @param most in all
     * @param mostOfOne of one organization
     * @param busy organizations whose turn it is not
     */
    static List<Job> take(Connection connection, int most, int mostOfOne, Set<UUID> busy) throws SQLException {
        List<Job> jobs = new ArrayList<>();
        Array others = connection.createArrayOf("uuid", busy.toArray());
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(TAKE), others, mostOfOne, most);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                jobs.add(new Job(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("message_id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getString("provider_id"),
                        row.getInt("tries"),
                        row.getBoolean("last"),
                        row.getString("sha256")));
            }
        }
        return jobs;
    }

    /** The account that it came to; null when it was removed. */
    static @Nullable Account account(Connection connection, AccountReader reader, Job job) throws SQLException {
        try (PreparedStatement statement =
                        Binds.all(connection.prepareStatement(ACCOUNT), job.organization(), job.account());
                ResultSet row = statement.executeQuery()) {
            return row.next() ? reader.read(row) : null;
        }
    }

    /** It is tried again, with growing gaps of at most an hour. */
    static void again(Connection connection, Job job) throws SQLException {
        execute(connection, AGAIN, job);
    }

    /**
     * It is done with. Locks the message first, as whoever changes one does.
     *
     * @return false when the file is no longer wanted: the message was taken back, has another one, or it was got elsewhere
     */
    static boolean remove(Connection connection, Job job) throws SQLException {
        try (PreparedStatement statement =
                        Binds.all(connection.prepareStatement(LOCK), job.organization(), job.message());
                ResultSet row = statement.executeQuery()) {
            row.next();
        }
        return execute(connection, REMOVE, job);
    }

    private static boolean execute(Connection connection, String sql, Job job) throws SQLException {
        try (PreparedStatement statement =
                Binds.all(connection.prepareStatement(sql), job.organization(), job.message(), job.providerId())) {
            return statement.executeUpdate() > 0;
        }
    }
}
