package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Makes a year of messages by SQL: every some hundredth thread has thousands of them, all others some 20 within a short time. The
 * indexes are made when the rows are there. Search entries are made in the form in which the server's own reader writes them.
 */
final class LibraryRows {

    static final long SECONDS = 365L * 86_400;

    /** In ten messages. */
    static final String RARE = "zeppelin";
    /** In one of a thousand. */
    static final String SELDOM = "xylophone";
    /** In nine of ten. */
    static final String COMMON = "quarterly";
    /** In one of ten, all of which have the common one, too. */
    static final String SECOND = "yesterday";

    /** Messages of a long thread. */
    private static final int LENGTH = 5_000;

    private static final String FUNCTIONS = """
            create function pg_temp.made_id(kind text, i bigint) returns uuid language sql immutable as
            $$select (lpad(to_hex(1700000000000 + i), 12, '0') || '7' || kind || '8' || lpad(to_hex(i), 15, '0'))::uuid$$;
            create function pg_temp.word(i bigint, n int) returns text language sql immutable as
            $$select translate(to_hex(((hashint8(i * 8 + n) & 4095) * (hashint8(i * 8 + n + 7000000000) & 4095)) >> 12),
                '0123456789abcdef', 'aeioubdfgklmnprs')$$;
            create function pg_temp.thread_of(i bigint) returns bigint language sql immutable as
            $$select case when i % {every} = 0 and i / {every} < {long} * {length} then i / {every} % {long}
                else {long} + i / 10000 * 500 + i % 499 end$$;
            create function pg_temp.words(i bigint) returns text[] language sql immutable as
            $$select array[pg_temp.word(i, 0), pg_temp.word(i, 1), pg_temp.word(i, 2), pg_temp.word(i, 3),
                case when i % 10 = 9 then 'morning' else 'quarterly' end,
                case when i % 10 = 3 then 'yesterday' else 'nothing' end,
                case when i % ({messages} / 10) = {messages} / 20 then 'zeppelin' when i % 1000 = 77 then 'xylophone' else 'noon' end]$$;
            """;

    private static final String PEOPLE = """
            insert into candidates (organization_id, id, phone, first_name, last_name, created_at, updated_at)
            select '{organization}', pg_temp.made_id('00c', k), '+316' || lpad(k::text, 8, '0'), initcap(pg_temp.word(k, 1)),
                initcap(pg_temp.word(k, 2)), at, at
            from (select k, timestamptz '{begin}' + k * (interval '{seconds} seconds' / {threads}) as at
                from generate_series(0, {threads}::bigint - 1) k) n;
            insert into threads (organization_id, id, channel, identifier, chatbot_paused, candidate_id, created_at, updated_at)
            select '{organization}', pg_temp.made_id('00b', k), 'whatsapp', '316' || lpad(k::text, 8, '0'), k < {long},
                pg_temp.made_id('00c', k), at, at
            from (select k, timestamptz '{begin}' + k * (interval '{seconds} seconds' / {threads}) as at
                from generate_series(0, {threads}::bigint - 1) k) n;
            insert into thread_dispatch (organization_id, thread_id, last_message_at)
            select organization_id, id, created_at from threads where organization_id = '{organization}';
            """;

    private static final String MESSAGES = """
            insert into messages (organization_id, id, thread_id, account_id, origin, send_by, payload, metadata, delivery_status,
                errors, phase, seq, accepted_at, sent_at, delivered_at, read_at, failed_at, provider_message_id, created_at,
                updated_at)
            select '{organization}', pg_temp.made_id('00a', i), pg_temp.made_id('00b', pg_temp.thread_of(i)),
                '{account}', case when i % 3 = 0 then 'inbound' else 'outbound' end, 'Anna',
                jsonb_build_object('type', 'text', 'text',
                    jsonb_build_object('value', array_to_string(pg_temp.words(i), ' '))),
                case when i % ({messages} / 10) = 5 then jsonb_build_object('vacancy', 'rare', 'source', 'referral')
                    when chance % 10 < 3 then jsonb_build_object('vacancy', 'v' || chance % 5000, 'source', 'website') end,
                status, case when status = 'failed'
                    then '[{"code":"undeliverable","title":"Undeliverable","detail":"The number is not known."}]'::jsonb end,
                'done', i, at, at, case when status in ('delivered', 'read') then at end, case when status = 'read' then at end,
                case when status = 'failed' then at end, 'wamid.' || i, at, at
            from (select i, at, chance, case when i % 3 = 0 then 'read' when chance % 200 < 3 then 'failed'
                    when chance % 200 < 13 then 'sent' when chance % 200 < 40 then 'delivered'
                    when chance % 20000 = 199 then 'accepted' else 'read' end as status
                from (select i, hashint8(i + 1000000000000)::bigint + 2147483648 as chance,
                        timestamptz '{begin}' + i * (interval '{seconds} seconds' / {messages}) as at
                    from generate_series(0, {messages}::bigint - 1) i) r) n;
            """;

    /** What triggers would have written, row by row. */
    private static final String METADATA = """
            insert into message_metadata (organization_id, entry, created_at, message_id)
            select m.organization_id, metadata_entry(e.key, e.value), m.created_at, m.id
            from messages m cross join lateral jsonb_each_text(m.metadata) e
            where m.organization_id = '{organization}' and m.metadata is not null order by 1, 2, 3, 4;
            """;

    private static final String ENTRIES = """
            insert into search_segments (organization_id, resource_type, number, entries)
            select '{organization}', 'messages', number, entries from (values {segments}) s (number, entries, first);
            insert into search_entries (organization_id, resource_type, resource_id, segment_id, created_at, words)
            select '{organization}', 'messages', pg_temp.made_id('00a', i), s.id,
                timestamptz '{begin}' + i * (interval '{seconds} seconds' / {messages}),
                array_to_tsvector(array(select s.hex || w from unnest(pg_temp.words(i)) w))
            from (select g.id, to_hex(g.id) || ':' as hex, v.first, v.entries
                    from search_segments g join (values {segments}) v (number, entries, first) on v.number = g.number
                    where g.organization_id = '{organization}' and g.resource_type = 'messages' order by g.number) s
            cross join lateral generate_series(s.first::bigint, s.first + s.entries - 1) i;
            """;

    private final ConnectionFile file;
    private final UUID organization;
    private final int messages;
    private final Instant begin;

    LibraryRows(ConnectionFile file, UUID organization, int messages, Instant begin) {
        this.file = file;
        this.organization = organization;
        this.messages = messages;
        this.begin = begin;
    }

    static Connection connect(ConnectionFile file) throws SQLException {
        return DriverManager.getConnection(file.jdbcUrl(), file.username(), file.password());
    }

    /** The words and their index beside all else, as there are two processors. */
    void make() {
        CompletableFuture<Void> words = CompletableFuture.runAsync(() -> fill("search_entries", ENTRIES));
        fill("messages", PEOPLE + MESSAGES + METADATA);
        words.join();
    }

    private void fill(String table, String sql) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '64MB'");
            statement.execute(filled(FUNCTIONS));
            List<String> indexes = drop(statement, table);
            statement.execute("alter table " + table + " disable trigger user");
            statement.execute(filled(sql));
            statement.execute("alter table " + table + " enable trigger user");
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute("vacuum (analyze) " + table);
            if (table.equals("messages")) {
                for (String other : List.of("threads", "candidates", "thread_dispatch", "message_metadata")) {
                    statement.execute("vacuum (analyze) " + other);
                }
            } else {
                statement.execute("vacuum (analyze) search_segments");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("filling " + table + ": " + e.getMessage(), e);
        }
    }

    /** All but the primary key, which is written at its right edge alone. Gives what makes them again. */
    private static List<String> drop(Statement statement, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> again = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select indexname, indexdef from pg_indexes where tablename = '"
                + table + "' and indexname not like '%\\_pk'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                again.add(rows.getString(2));
            }
        }
        for (String name : names) {
            statement.execute("drop index " + name);
        }
        return again;
    }

    private String filled(String sql) {
        long longThreads = Math.max(1, messages / 100_000);
        return sql.replace("{organization}", organization.toString())
                .replace("{account}", "0190aaaa-0000-7000-8000-000000000001")
                .replace("{begin}", begin.toString())
                .replace("{seconds}", Long.toString(SECONDS))
                .replace("{messages}", Integer.toString(messages))
                .replace(
                        "{threads}", String.format(Locale.ROOT, "%d", longThreads + (messages + 9_999L) / 10_000 * 500))
                .replace("{long}", Long.toString(longThreads))
                .replace("{length}", Integer.toString(LENGTH))
                .replace("{every}", Long.toString(messages / (longThreads * LENGTH)))
                .replace("{segments}", Segments.values(messages));
    }
}
