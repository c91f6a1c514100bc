package dev.parley.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.events.EventFixture;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageRetentionTest {

    private static final RetentionSettings SETTINGS = new RetentionSettings(
            Duration.ofDays(32), Duration.ofHours(24), Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(400));

    private final EventFixture data = new EventFixture();
    private final MessageRetention retention = new MessageRetention(data.database, SETTINGS, new Random(7));

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void forgetsKeysAfterTheirTimeInAnyNumberOfChunks() throws Exception {
        keys(20_000, "23 hours 59 minutes");
        keys(20_000, "24 hours 1 minute");
        assertThat(pages()).isGreaterThan(2 * PageWalk.CHUNK);

        assertThat(retention.runOneCycle()).isEqualTo(20_000);
        assertThat(data.query("select count(*) from idempotency_keys")).containsExactly("20000");
        assertThat(retention.runOneCycle()).isZero();

        data.pass(Duration.ofMinutes(2));
        assertThat(retention.runOneCycle()).isEqualTo(20_000);
    }

    @Test
    void aCycleDoesAPartOfALargeTableAndTheNextOnesTheRest() throws Exception {
        data.run("alter table idempotency_keys alter column state set storage plain");
        data.run("""
                insert into idempotency_keys (organization_id, key, fingerprint, outcome, state, created_at)
                select gen_random_uuid(), 'k', 'f', 'queued', to_jsonb(repeat('x', 7000)), now() - interval '2 days'
                from generate_series(1, 4500)
                """);

        assertThat(retention.runOneCycle()).isEqualTo(4096);
        assertThat(retention.runOneCycle()).isEqualTo(4500 - 4096);
    }

    @Test
    void passesOverAKeyThatSomebodyHasLocked() throws Exception {
        keys(3, "2 days");
        try (Connection other = data.begin();
                Statement statement = other.createStatement()) {
            statement.execute("select * from idempotency_keys limit 1 for update");

            assertThat(retention.runOneCycle()).isEqualTo(2);
            other.rollback();
        }
        assertThat(retention.runOneCycle()).isEqualTo(1);
    }

    @Test
    void forgetsAttemptsThatEndedLongAgoUnlessTheirMessageIsUnderWayOrInDoubt() throws Exception {
        attempt("done-old", "done", "91 days", true);
        attempt("done-young", "done", "89 days", true);
        attempt("doubt-old", "doubt", "91 days", true);
        attempt("hold-old", "hold", "91 days", true);
        attempt("queued-old", "queued", "91 days", true);
        attempt("open-old", "open", "91 days", false);
        attempt("gone-old", "", "91 days", true);

        assertThat(retention.runOneCycle()).isEqualTo(2);
        assertThat(data.query("select reason from attempts order by reason"))
                .containsExactly("done-young", "doubt-old", "hold-old", "open-old", "queued-old");

        data.run("update messages set phase = 'done'");
        assertThat(retention.runOneCycle()).isEqualTo(3);
        assertThat(data.query("select reason from attempts order by reason")).containsExactly("done-young", "open-old");
    }

    @Test
    void forgetsDeliveriesWhateverBecameOfThem() {
        for (String status : new String[] {"pending", "delivered", "failed"}) {
            for (int days : new int[] {29, 31}) {
                data.run(
                        "insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event,"
                                + " resource_type, resource_id, lane, status, created_at, updated_at) values ('"
                                + data.organization
                                + "', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'update',"
                                + " 'candidates', gen_random_uuid(), 1, '" + status + "', now() - interval '" + days
                                + " days', now())");
            }
        }

        assertThat(cycle()).isEqualTo(3);
        assertThat(data.query("select distinct parley_now() - created_at < interval '30 days' from webhook_deliveries"))
                .containsExactly("t");
    }

    @Test
    void forgetsAuditEntriesAfterTheirTime() {
        for (int days : new int[] {399, 401}) {
            data.run("insert into audit_entries (organization_id, action, subject, created_at) values ('"
                    + data.organization + "', 'user.deleted', gen_random_uuid(), now() - interval '" + days
                    + " days')");
        }

        assertThat(cycle()).isEqualTo(1);
        assertThat(data.query("select parley_now() - created_at < interval '400 days' from audit_entries"))
                .containsExactly("t");
    }

    private int cycle() {
        try {
            return retention.runOneCycle();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keys(int count, String age) {
        data.run("insert into idempotency_keys (organization_id, key, fingerprint, outcome, created_at)"
                + " select '" + data.organization + "', sha256(gen_random_uuid()::text::bytea), sha256('f'), 'queued',"
                + " parley_now() - interval '" + age + "' from generate_series(1, " + count + ")");
    }

    private void attempt(String name, String phase, String age, boolean closed) {
        String id = "md5('" + name + "')::uuid";
        if (!phase.isEmpty()) {
            data.run("insert into messages (organization_id, id, thread_id, origin, delivery_status, phase, created_at,"
                    + " updated_at) values ('" + data.organization + "', " + id
                    + ", gen_random_uuid(), 'outbound', 'accepted', '" + phase + "', now(), now())");
        }
        data.run(
                "insert into attempts (organization_id, message_id, number, account_id, fence, opened_at, closed_at, outcome,"
                        + " reason) values ('" + data.organization + "', " + id
                        + ", 1, gen_random_uuid(), 1, now() - interval '"
                        + age + "', " + (closed ? "now() - interval '" + age + "', 'unknown'" : "null, null") + ", '"
                        + name
                        + "')");
    }

    private long pages() {
        return Long.parseLong(
                data.query("select pg_relation_size('idempotency_keys') / 8192").getFirst());
    }
}
