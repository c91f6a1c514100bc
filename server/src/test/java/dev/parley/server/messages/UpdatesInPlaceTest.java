package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * PostgreSQL writes a changed row in place only while no column changes that an index names, be it in its predicate: otherwise
 * into every index anew.
 */
class UpdatesInPlaceTest {

    private static final String NAMED = """
            select distinct a.attname from pg_index x
            join pg_attribute a on a.attrelid = x.indrelid
            where x.indrelid = 'messages'::regclass
              and (a.attnum = any (x.indkey) or exists (
                  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = x.indexrelid
                    and d.refclassid = 'pg_class'::regclass and d.refobjid = x.indrelid and d.refobjsubid = a.attnum))
            """;

    @Test
    void noIndexNamesWhatEachMessageChanges() {
        try (MessagesDatabase database = new MessagesDatabase()) {
            assertThat(database.rows(NAMED))
                    .extracting(row -> row.get("attname"))
                    .contains("thread_id", "failed_at", "scheduled_at", "payload")
                    .doesNotContain(
                            "phase",
                            "delivery_status",
                            "errors",
                            "tries",
                            "sent_at",
                            "delivered_at",
                            "read_at",
                            "doubt_since",
                            "version",
                            "updated_at");
        }
    }
}
