package dev.parley.server.accounts;

/** Which account sends a thread's messages: the rule in the one form that statements join. */
public final class SendingAccountSql {

    /**
     * Joins, as {@code a.id}, the account of a thread {@code t}: the thread's own, else the one that the candidate last wrote to,
     * else the channel's default; null when there is none.
     */
    public static final String OF_THREAD = """
            left join lateral (
                select coalesce(
                    (select c.id from channel_accounts c where c.organization_id = t.organization_id
                        and c.id = t.channel_account_id and c.channel = t.channel and c.deleted_at is null),
                    (select c.id from channel_accounts c where c.organization_id = t.organization_id
                        and c.id = t.last_inbound_account_id and c.channel = t.channel and c.deleted_at is null),
                    (select c.id from channel_accounts c where c.organization_id = t.organization_id
                        and c.channel = t.channel and c.is_default and c.deleted_at is null)) as id
            ) a on true
            """;

    private SendingAccountSql() {}
}
