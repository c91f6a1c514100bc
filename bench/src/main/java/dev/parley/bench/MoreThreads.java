package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** More threads with open windows, made by SQL as copies of one that the API has made. */
final class MoreThreads {

    private static final String ROWS = """
            create temporary table one as
                select t.organization_id, t.id, t.last_inbound_account_id, w.account_id, w.expires_at, a.kind
                from threads t join thread_windows w on w.organization_id = t.organization_id and w.thread_id = t.id
                join thread_addresses a on a.organization_id = t.organization_id and a.thread_id = t.id and a.kind = 'phone'
                limit 1;
            create temporary table made as select uuidv7() as id, '3185' || lpad(i::text, 7, '0') as identifier
                from generate_series(1, {count}) i;
            insert into threads (organization_id, id, channel, identifier, last_inbound_account_id, created_at, updated_at)
                select o.organization_id, m.id, 'whatsapp', m.identifier, o.last_inbound_account_id, now(), now() from one o, made m;
            insert into thread_addresses (organization_id, channel, kind, value, thread_id)
                select o.organization_id, 'whatsapp', o.kind, m.identifier, m.id from one o, made m;
            insert into thread_windows (organization_id, thread_id, account_id, expires_at)
                select o.organization_id, m.id, o.account_id, o.expires_at from one o, made m;
            insert into thread_dispatch (organization_id, thread_id, last_message_at)
                select o.organization_id, m.id, now() from one o, made m;
            """;

    private MoreThreads() {}

    /** Writes all threads for the load generator, in no order. */
    static void make(ConnectionFile file, Path targets, int count) throws SQLException, IOException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = LibraryRows.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
            statement.execute(ROWS.replace("{count}", Integer.toString(Math.max(0, count))));
            for (String table : List.of("threads", "thread_addresses", "thread_windows", "thread_dispatch")) {
                statement.execute("vacuum (analyze) " + table);
            }
            try (ResultSet rows = statement.executeQuery("select id from threads order by hashtext(id::text)")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        Files.write(targets, ids);
    }
}
