package dev.parley.server.platform.notify;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The statements by which nodes hear of each other. */
public final class NotifyStore {

    /** Of the advisory locks that nodes hold for as long as they live: "parl". */
    private static final int LOCK_CLASS = 0x7061726c;

    // A machine that is gone without a word is noticed within half a minute, and its lock goes.
    private static final List<String> SESSION = List.of(
            "set tcp_keepalives_idle = 10",
            "set tcp_keepalives_interval = 5",
            "set tcp_keepalives_count = 3",
            "set tcp_user_timeout = 25000",
            "set idle_session_timeout = 0",
            "set statement_timeout = 10000");

    // Shared, since a lock that two ids happen to have in common must keep neither of them waiting.
    private static final String LIVE = "select pg_advisory_lock_shared(" + LOCK_CLASS + ", hashtext(?))";

    private static final String LOCKS = """
            select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = %d
            and l.database = (select oid from pg_database where datname = current_database())
            """.formatted(LOCK_CLASS);

    private static final String OTHERS =
            "select count(*) from (" + LOCKS + " and l.objid <> hashtext(?)::oid) as other";

    private static final String TELL =
            "select pg_notify(channel, text) from unnest(?::text[], ?::text[]) as i (channel, text)";

    private NotifyStore() {}

    /**
     * A condition: whether the node of this id lives, which is that its listener's session does.
     *
     * @param idColumn an SQL expression that is the node's id
     */
    public static String lives(String idColumn) {
        return "exists (" + LOCKS + " and l.objid = hashtext(" + idColumn + "::text)::oid)";
    }

    /** Makes a connection the node's own: by it the node lives, and hears of these topics. */
    static void begin(Connection connection, UUID node, Collection<Topic> topics) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : SESSION) {
                statement.execute(setting);
            }
            for (Topic topic : topics) {
                statement.execute("listen " + topic.channel());
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(LIVE)) {
            statement.setString(1, node.toString());
            statement.execute();
        }
    }

    /** How many other nodes live. */
    static int others(Connection connection, UUID node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OTHERS)) {
            statement.setString(1, node.toString());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Tells all of it in one commit. */
    static void tell(Connection connection, List<Waiting.Told> hints) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            new Arrays(statement)
                    .texts(hints, told -> told.topic().channel())
                    .texts(hints, told -> told.hint().text());
            statement.execute();
        }
    }
}
