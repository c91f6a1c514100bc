package dev.parley.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a {@link Library} attempts, which ended today, as older ones would be swept away meanwhile, and makes some of its messages be
 * sent and no more.
 */
final class SentMessages {

    /** Which of them. */
    enum Of {
        /** Those sent last: nearly all statuses come within minutes. */
        NEWEST("the newest", "created_at desc"),
        /** Each on a page of its own where they are many. */
        ALL("from all over the history", "hashtext(id::text)");

        private final String text;
        private final String order;

        Of(String text, String order) {
            this.text = text;
            this.order = order;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final String ATTEMPTS = """
            insert into attempts (organization_id, message_id, number, account_id, fence, outcome, opened_at, closed_at, milliseconds,
                provider_message_id)
            select organization_id, id, 1, '{account}', 1, 'accepted', created_at, now(), 20, provider_message_id
            from messages where origin = 'outbound' and provider_message_id is not null
            """;

    private static final String PICK = """
            drop table if exists picked;
            create temporary table picked as
                select organization_id, id, provider_message_id, row_number() over (order by {order}) as n
                from messages where origin = 'outbound' and provider_message_id is not null order by n limit {picked};
            update messages m set delivery_status = 'sent', delivered_at = null, read_at = null, failed_at = null, errors = null
            from picked p where m.organization_id = p.organization_id and m.id = p.id;
            """;

    private SentMessages() {}

    /** Makes an attempt for each message. */
    static void attempt(Library library, String account) throws SQLException {
        try (Connection connection = LibraryRows.connect(library.database().file());
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
            statement.execute(ATTEMPTS.replace("{account}", account));
            statement.execute("vacuum (analyze) attempts");
        }
    }

    /** Makes so many be sent and no more; their ids by the provider. */
    static List<String> pick(Library library, Of which, int picked) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = LibraryRows.connect(library.database().file());
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off; set work_mem = '256MB'");
            statement.execute(PICK.replace("{order}", which.order).replace("{picked}", Integer.toString(picked)));
            try (ResultSet rows = statement.executeQuery("select provider_message_id from picked order by n")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            statement.execute("vacuum (analyze) messages");
        }
        if (ids.size() < picked) {
            throw new IllegalStateException(
                    "only " + ids.size() + " messages can be reported on, " + picked + " are wanted");
        }
        return ids;
    }

    /** Whether statuses wait to be applied. */
    static boolean pending(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select exists (select from callback_updates where state = 'pending')")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** How many were read by now, of all that can be. */
    static int read(Connection connection, List<String> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select count(*) from attempts a join messages m on m.organization_id = a.organization_id and m.id = a.message_id
                where a.provider_message_id = any (?) and m.delivery_status = 'read'
                    and a.account_id = (select id from channel_accounts) and a.organization_id = (select organization_id from channel_accounts)
                """)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
