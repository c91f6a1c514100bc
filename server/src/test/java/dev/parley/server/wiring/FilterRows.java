package dev.parley.server.wiring;

import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;

/** A handful of rows for each list that differ in everything, of an organization and, with the same values, of another. */
@NullUnmarked
final class FilterRows {

    /** A thread that has messages. */
    static final String THREAD = "00000000-0000-4000-8000-000000000001";

    private static final String VALUES = """
            create table seed as
            select i, o.org, t as text, date_trunc('second', now()) - i * interval '1 hour' as at,
                   ('00000000-0000-4000-8000-00000000000' || i)::uuid as ref
            from (values (1, 'Alpha'), (2, 'alpha'), (3, 'al%pha'), (4, 'al_pha'), (5, 'al\\pha'), (6, 'ÄRGER'), (7, 'ärger Ω'),
                         (8, null)) v (i, t),
                 (values ({own}), ('00000000-0000-4000-8000-00000000000f'::uuid)) o (org);
            insert into organizations (id, name, webhook_url, signing_secret, created_at, updated_at)
            select gen_random_uuid(), text, case when i > 2 then 'https://example.com/' || i end, '\\x00', at, at + interval '9 hours'
            from seed where org = {own} and text is not null;
            """;

    private static final String PEOPLE = """
            insert into candidates (organization_id, id, phone, first_name, last_name, email, postal_code, candidate_status_id,
                                    created_at, updated_at)
            select org, gen_random_uuid(), '3160000' || i, text, text, text, text, case when i > 3 then ref end, at,
                   at + interval '9 hours'
            from seed;
            insert into users (organization_id, id, first_name, last_name, email, phone, time_zone, external_id, created_at, updated_at)
            select org, gen_random_uuid(), coalesce(text, 'x'), coalesce(text, 'y'), text, text,
                   case when i > 4 then 'Europe/Berlin' end, text, at, at + interval '9 hours'
            from seed;
            insert into candidate_statuses (organization_id, id, name, position, created_at, updated_at)
            select org, gen_random_uuid(), text, 10 + i % 3, at, at + interval '9 hours' from seed where text is not null;
            """;

    private static final String MESSAGES = """
            insert into threads (organization_id, id, channel, identifier, chatbot_paused, candidate_id, channel_account_id,
                                 created_at, updated_at)
            select org, ref, (array['whatsapp', 'web', 'facebook-messenger'])[1 + i % 3], coalesce(text, 'x'), i % 2 = 0,
                   case when i > 5 then ref end, case when i > 3 then a.id end, at, at + interval '9 hours'
            from seed, (select id from channel_accounts where organization_id = {own} and channel = 'web' limit 1) a;
            insert into thread_dispatch (organization_id, thread_id, last_message_at)
            select org, ref, case when i > 2 then at end from seed;
            insert into thread_windows (organization_id, thread_id, account_id, expires_at)
            select organization_id, id, channel_account_id, created_at from threads where channel_account_id is not null;
            insert into conversations (organization_id, id, thread_id, candidate_id, status, unread, created_at, updated_at)
            select org, gen_random_uuid(), ref, case when i > 5 then ref end, case when i % 2 = 0 then 'open' else 'closed' end,
                   greatest(i - 4, 0), at, at + interval '9 hours'
            from seed;
            insert into messages (organization_id, id, thread_id, origin, send_by, payload, delivery_status, phase, failed_at,
                                  scheduled_at, expires_at, created_at, updated_at)
            select org, gen_random_uuid(), ('00000000-0000-4000-8000-00000000000' || 1 + i % 3)::uuid,
                   case when i % 2 = 0 then 'inbound' else 'outbound' end, text, '{"type": "text", "text": {"value": "x"}}',
                   (array['accepted', 'sent', 'delivered', 'read', 'failed'])[1 + i % 5], 'done', case when i % 5 = 4 then at end,
                   case when i > 4 then at end, case when i > 2 then at end, at, at + interval '9 hours'
            from seed;
            insert into message_templates (organization_id, id, provider, owner, provider_id, name, language, category, named,
                                           components, status, rejection_reason, quality, created_at, updated_at)
            select org, gen_random_uuid(), 'p', 'elsewhere', i::text, 'name_' || i % 4, (array['en', 'en_US', 'nl'])[1 + i % 3],
                   (array['MARKETING', 'UTILITY'])[1 + i % 2], false, '[{"type": "BODY", "text": "x"}]',
                   (array['APPROVED', 'REJECTED', 'PAUSED'])[1 + i % 3], text, text, at, at + interval '9 hours'
            from seed;
            """;

    private static final String SETUP = """
            insert into channel_accounts (organization_id, id, channel, provider, name, is_default, status, status_reason,
                                          messages_per_second, in_doubt, settings, secrets, created_at, updated_at)
            select organization_id, gen_random_uuid(), channel, provider, text, false, case when i > 4 then 'paused' else status end,
                   case when i > 4 then text end, i, case when i > 3 then 'resend' else 'fail' end, settings, secrets, at,
                   at + interval '9 hours'
            from seed, channel_accounts where organization_id = {own} and org = {own} and text is not null;
            insert into webhook_endpoints (organization_id, id, url, paused_at, created_at)
            select org, ref, 'https://example.com/' || i, case when i > 5 then at end, at from seed;
            insert into webhooks (organization_id, id, resource, event, webhook_url, endpoint_id, secret_header, active, inactive_reason,
                                  created_at, updated_at)
            select org, ref, case when i > 4 then 'messages' else 'candidates' end, (array['create', 'update', 'delete'])[1 + i % 3],
                   case when i > 3 then 'https://example.com/' || i end, ref, i % 2 = 0, i > 2, case when i <= 2 then text end, at,
                   at + interval '9 hours'
            from seed;
            insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event, resource_type,
                                            resource_id, lane, status, due_at, attempts, created_at, updated_at)
            select org, gen_random_uuid(), ref, gen_random_uuid(), i, (array['create', 'update', 'delete'])[1 + i % 3],
                   case when i > 4 then 'messages' else 'candidates' end, ref, 0,
                   (array['pending', 'delivered', 'failed'])[1 + i % 3], at + interval '1 day', '[]', at, at + interval '9 hours'
            from seed;
            insert into tokens (hash, kind, organization_id, id, name, scopes, main, expires_at, created_at, updated_at)
            select sha256((org || text)::bytea), 'organization', org, gen_random_uuid(), text, '{read}', false,
                   case when i > 3 then at end, at, case when i > 2 then at + interval '9 hours' end
            from seed where text is not null and text not like '%\\\\%';
            """;

    private static final String AUDIT = """
            insert into audit_entries (organization_id, subject, action, actor, token_id, created_at)
            select org, ref, (array['token.created', 'organization.changed', 'webhook.deleted'])[1 + i % 3], 'token',
                   case when i > 3 then ref end, at + interval '1 day'
            from seed;
            """;

    /** Answers show whole seconds: what was made by the API is to have no more, so that Java sees what the database sees. */
    private static final String WHOLE_SECONDS = """
            update organizations set created_at = date_trunc('second', created_at), updated_at = date_trunc('second', updated_at);
            update candidate_statuses set created_at = date_trunc('second', created_at), updated_at = date_trunc('second', updated_at);
            update channel_accounts set created_at = date_trunc('second', created_at), updated_at = date_trunc('second', updated_at);
            update audit_entries set created_at = date_trunc('second', created_at);
            """;

    private FilterRows() {}

    static void fill(ListWorld world) throws SQLException {
        world.server.site(world.token);
        world.sql(VALUES + SETUP + ListWorld.TEMPLATES_ARE_KEPT + MESSAGES + PEOPLE + AUDIT + WHOLE_SECONDS);
    }
}
