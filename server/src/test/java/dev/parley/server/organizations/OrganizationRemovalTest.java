package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class OrganizationRemovalTest {

    private static final String MANAGED = "/management/organizations/";
    private static final String OWN = "/organizations";
    private static final String ID = "'01919a1c-0001-7c11-8a44-1f2e3d4c5b6a'";
    private static final String TABLES = """
            select c.table_name from information_schema.columns c
            join pg_class t on t.relname = c.table_name and t.relnamespace = 'public'::regnamespace
            where c.table_schema = 'public' and c.column_name = 'organization_id' and not t.relispartition
            and t.relkind in ('r', 'p') and c.table_name <> 'audit_entries' order by 1
            """;

    private OrganizationWorld world;
    private Made gone;
    private Made stays;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        gone = world.organization("gone");
        stays = world.organization("stays");
        fill(gone.id());
        fill(stays.id());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int status(String token, String method, String path) {
        return world.send(token, method, path, null).statusCode();
    }

    @Test
    void aDeletedOrganizationStopsAtOnce() throws Exception {
        assertThat(status(PARTNER, "DELETE", MANAGED + gone.id())).isEqualTo(204);

        assertThat(status(gone.token(), "GET", OWN)).isEqualTo(401);
        assertThat(status(PARTNER, "GET", MANAGED + gone.id())).isEqualTo(404);
        assertThat(status(PARTNER, "DELETE", MANAGED + gone.id())).isEqualTo(404);
        assertThat(world.query("select organization_id from channel_accounts where deleted_at is null"))
                .containsExactly(stays.id().toString());
        assertThat(world.query("select organization_id from callback_routes"))
                .containsExactly(stays.id().toString());
        assertThat(world.query("select resource_id || ' ' || coalesce(state::text, 'no state') from events"
                        + " where event = 'delete' and resource_type = 'organizations'"))
                .containsExactly(gone.id() + " no state");
    }

    @Test
    void removesEverythingOfADeletedOrganizationAndNothingElse() throws Exception {
        List<String> tables = world.query(TABLES);
        assertThat(tables).contains("events", "messages", "tokens").hasSizeGreaterThan(15);
        List<String> before = counts(tables, stays);
        assertThat(counts(tables, gone))
                .as("each table has rows, also new ones")
                .doesNotContain("0");
        OrganizationRemoval removal = new OrganizationRemoval(world.database, 2);
        assertThat(removal.runOneCycle()).as("nobody is deleted").isZero();
        status(PARTNER, "DELETE", MANAGED + gone.id());
        assertThat(removal.runOneCycle()).as("requests may be under way").isZero();
        world.execute("update database_clock set shift = interval '" + OrganizationRemoval.REST.toSeconds() + "s'");

        int cycles = 0;
        for (int removed = removal.runOneCycle(); removed > 0; removed = removal.runOneCycle()) {
            assertThat(removed).isBetween(1, 2);
            cycles++;
        }

        assertThat(cycles).isGreaterThan(tables.size());
        assertThat(counts(tables, gone)).containsOnly("0");
        assertThat(counts(tables, stays)).isEqualTo(before);
        assertThat(world.query("select id from organizations"))
                .containsExactly(stays.id().toString());
        assertThat(status(stays.token(), "GET", OWN)).isEqualTo(200);
        assertThat(world.query("select action from audit_entries where organization_id = '" + gone.id() + "'"))
                .as("the audit log stays")
                .contains("organization.created", "organization.removed");
    }

    private List<String> counts(List<String> tables, Made of) throws Exception {
        List<String> counts = new ArrayList<>();
        for (String table : tables) {
            String where = " where organization_id = '" + of.id() + "'";
            counts.addAll(world.query("select count(*) from " + table + where));
        }
        return counts;
    }

    /** A row at least in every table of an organization. */
    private void fill(UUID organization) throws Exception {
        String o = "('" + organization + "', " + ID;
        row("audit_entries (organization_id, id, action, subject, created_at)", o + ", 'erase', " + ID + ", now())");
        row(
                "users (organization_id, id, first_name, last_name, created_at, updated_at)",
                o + ", 'f', 'l', now(), now())");
        row("search_segments (organization_id, resource_type, number)", "('" + organization + "', 'messages', 1)");
        row(
                "search_entries (organization_id, resource_type, resource_id, segment_id, created_at, words)",
                "('" + organization + "', 'messages', " + ID + ", 1, now(), 'word')");
        row("search_backfills (organization_id, resource_type)", "('" + organization + "', 'messages')");
        row("user_candidates (organization_id, user_id, candidate_id)", o + ", " + ID + ")");
        row("candidates (organization_id, id, phone, created_at, updated_at)", o + ", '1', now(), now())");
        row(
                "channel_accounts (organization_id, id, channel, provider, name, is_default, status, messages_per_second, "
                        + "in_doubt, settings, secrets, created_at, updated_at)",
                o + ", 'web', 'web', 'n', true, 'connected', 1, 'fail', '{}', '', now(), now())");
        row(
                "callback_routes (organization_id, account_id, provider, kind, external_id, secret_fingerprint)",
                o + ", 'web', 'account', 'x', '')");
        row(
                "threads (organization_id, id, channel, identifier, created_at, updated_at)",
                o + ", 'web', 'x', now(), now())");
        row(
                "message_templates (organization_id, id, provider, owner, provider_id, name, language, category, named, "
                        + "components, status, created_at, updated_at)",
                o + ", 'p', 'o', '1', 'n', 'en', 'UTILITY', false, '[]', 'PENDING', now(), now())");
        row("account_releases (organization_id, account_id, next_thread)", o + ", " + ID + ")");
        row(
                "conversations (organization_id, id, thread_id, status, unread, created_at, updated_at)",
                o + ", " + ID + ", 'open', 0, now(), now())");
        row("thread_merges (organization_id, thread_id, other_thread_id, noticed_at)", o + ", " + ID + ", now())");
        row("thread_addresses (organization_id, thread_id, channel, kind, value)", o + ", 'web', 'k', 'v')");
        row("thread_windows (organization_id, thread_id, account_id, expires_at)", o + ", " + ID + ", now())");
        row(
                "read_receipts (organization_id, thread_id, account_id, provider_message_id, written_at, due_at)",
                o + ", " + ID + ", 'w', now(), now())");
        row(
                "webhooks (organization_id, id, resource, event, created_at, updated_at)",
                o + ", 'messages', 'create', now(), now())");
        row("webhook_endpoints (organization_id, id, url, created_at)", o + ", 'https://example.com', now())");
        row(
                "webhook_moves (organization_id, webhook_id, endpoint_id, noted_at, due_at)",
                o + ", " + ID + ", now(), now())");
        row(
                "webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event, resource_type, resource_id, "
                        + "lane, created_at, updated_at)",
                o + ", " + ID + ", " + ID + ", 1, 'create', 'messages', " + ID + ", 1, now(), now())");
        row(
                "kept_answers (organization_id, key, fingerprint, lease, created_at)",
                "('" + organization + "', 'k', 'f', " + ID + ", now())");
        row("thread_dispatch (organization_id, thread_id)", o + ")");
        row("account_dispatch (organization_id, account_id, tokens, refilled_at)", o + ", 1, now())");
        row(
                "messages (organization_id, id, thread_id, origin, delivery_status, phase, created_at, updated_at)",
                o + ", " + ID + ", 'outbound', 'accepted', 'queued', now(), now())");
        row("message_metadata (organization_id, entry, created_at, message_id)", o + ", now(), " + ID + ")");
        row(
                "attempts (organization_id, message_id, number, account_id, fence, opened_at)",
                o + ", 1, " + ID + ", 1, now())");
        row(
                "media_files (organization_id, sha256, size, touched_at)",
                "('" + organization + "', '" + "a".repeat(64) + "', 1, now())");
        row(
                "media_uploads (organization_id, account_id, sha256, mime_type, provider_id, expires_at)",
                o + ", '', '', '', now())");
        row(
                "media_downloads (organization_id, message_id, account_id, provider_id, due_at, give_up_at)",
                o + ", " + ID + ", '', now(), now())");
        row("erased_provider_messages (organization_id, account_id, fingerprint, erased_at)", o + ", '', now())");
        row(
                "erased_addresses (organization_id, fingerprint, last_update, erased_at)",
                "('" + organization + "', '', 1, now())");
        row(
                "idempotency_keys (organization_id, message_id, key, fingerprint, outcome, created_at)",
                o + ", '', '', 'created', now())");
        row("callback_updates (organization_id, account_id, provider, body, received_at)", o + ", 'web', '', now())");
        for (int i = 0; i < 3; i++) {
            row(
                    "events (organization_id, resource_id, position, event, resource_type, created_at)",
                    o + ", nextval('event_positions'), 'delete', 'messages', now())");
        }
    }

    private void row(String columns, String values) throws Exception {
        world.execute("insert into " + columns + " values " + values);
    }
}
