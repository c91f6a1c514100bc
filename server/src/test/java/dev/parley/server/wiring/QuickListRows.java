package dev.parley.server.wiring;

/**
 * Some ten thousand rows for each list: most of them of two organizations, of which one has far more, the rest of a hundred
 * small ones.
 */
final class QuickListRows {

    private static final String ORGANIZATIONS = """
            insert into organizations (id, name, signing_secret, created_at, updated_at)
            select uuidv7(), 'Small ' || i, '\\x00', at, at
            from (select i, timestamptz '2026-01-01' - i * interval '1 hour' as at from generate_series(1, 10000) i) s;
            create table seed as
            select i, case when i % 20 < 15 then {own} when i % 20 < 17 then o.big else o.small[1 + i % 100] end as org,
                   now() - i * interval '1 minute' as at
            from generate_series(1, 20000) i,
                 (select gen_random_uuid() as big, array_agg(id) as small
                  from (select id from organizations order by created_at desc limit 100) s) o;
            """;

    private static final String PEOPLE = """
            insert into candidates (organization_id, id, phone, first_name, last_name, email, candidate_status_id, created_at,
                                    updated_at, deleted_at)
            select org, uuidv7(), '316' || i, 'F' || i % 3000, 'L' || i % 5000, 'e' || i || '@example.com',
                   case when i % 3 > 0 then md5((i % 5)::text)::uuid end, at, at, case when i % 50 = 0 then at end
            from seed;
            insert into users (organization_id, id, first_name, last_name, email, external_id, created_at, updated_at)
            select org, uuidv7(), 'F' || i, 'L' || i, 'e' || i, 'x' || i, at, at from seed;
            insert into user_candidates select org, md5((i % 300)::text)::uuid, id
            from (select organization_id as org, id, row_number() over (order by created_at) as i from candidates) c;
            """;

    private static final String MESSAGES = """
            insert into threads (organization_id, id, channel, identifier, candidate_id, created_at, updated_at, deleted_at)
            select org, md5(i::text)::uuid, (array['whatsapp', 'web', 'sms'])[1 + (i % 10) / 7], '316' || i,
                   case when i % 2 = 0 then md5((i / 2)::text)::uuid end, at, at, case when i % 50 = 0 then at end
            from seed;
            insert into thread_dispatch (organization_id, thread_id, last_message_at) select organization_id, id, created_at from threads;
            insert into messages (organization_id, id, thread_id, origin, payload, metadata, delivery_status, phase, failed_at,
                                  created_at, updated_at)
            select org, uuidv7(), md5((i % 2000)::text)::uuid, case when i % 5 = 0 then 'inbound' else 'outbound' end,
                   '{"type": "text", "text": {"value": "x"}}',
                   case when i % 2 = 0 then jsonb_build_object('key', 'k' || i % 1000, 'source', 'website') end, status,
                   'done', case when status = 'failed' then at end, at, at
            from (select *, (array['read', 'delivered', 'sent', 'failed'])[1 + (i % 100) / 33] as status from seed) s;
            insert into message_templates (organization_id, id, provider, owner, provider_id, name, language, category, named,
                                           components, status, created_at, updated_at)
            select org, uuidv7(), 'p', 'elsewhere', i::text, 'name_' || i, 'en', 'UTILITY', false,
                   '[{"type": "BODY", "text": "x"}]',
                   (array['APPROVED', 'REJECTED'])[1 + (i % 10) / 9], at, at
            from seed;
            """;

    private static final String SETUP = """
            insert into channel_accounts (organization_id, id, channel, provider, name, is_default, status, messages_per_second,
                                          in_doubt, settings, secrets, created_at, updated_at)
            select org, uuidv7(), (array['whatsapp', 'web'])[1 + (i % 10) / 9], 'web', 'n', false, 'connected', 10, 'fail', '{}', '\\x00',
                   at, at
            from seed where i <= 10000 and org <> {own};
            insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event, resource_type,
                                            resource_id, lane, status, created_at, updated_at)
            select org, uuidv7(), md5((i % 10)::text)::uuid, gen_random_uuid(), i, 'create', 'messages', gen_random_uuid(), 0,
                   case when i % 50 = 0 then 'failed' else 'delivered' end, at, at
            from seed;
            insert into conversations (organization_id, id, thread_id, candidate_id, status, unread, created_at, updated_at)
            select org, uuidv7(), md5(i::text)::uuid, case when i % 2 = 0 then md5((i / 2)::text)::uuid end,
                   case when i % 3 = 0 then 'closed' else 'open' end, case when i % 10 = 0 then 1 else 0 end, at, at
            from seed;
            insert into audit_entries (organization_id, subject, action, actor, token_id, created_at)
            select org, md5((i % 3000)::text)::uuid, 'token.created', 'token', case when i % 3 = 0 then md5((i % 300)::text)::uuid end, at
            from seed;
            drop table seed;
            """;

    /** With {@code {own}} for the organization that has most of them. */
    static final String SQL = ORGANIZATIONS + PEOPLE + MESSAGES + SETUP + ListWorld.TEMPLATES_ARE_KEPT + "analyze;";

    private QuickListRows() {}
}
