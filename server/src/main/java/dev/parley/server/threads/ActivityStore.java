package dev.parley.server.threads;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an inbound message does to its thread beside being there. The dispatch rows must be locked already. */
final class ActivityStore {

    private static final String TOUCH = """
            update thread_dispatch d set last_message_at = greatest(d.last_message_at, i.at::timestamptz)
            from (select distinct * from unnest(?::uuid[], ?::uuid[], ?::text[]) as u (organization_id, thread_id, at)) i
            where d.organization_id = i.organization_id and d.thread_id = i.thread_id
            """;

    private static final String OPEN = """
            insert into thread_windows (organization_id, thread_id, account_id, expires_at)
            select i.organization_id, i.thread_id, i.account_id, max(i.expires_at::timestamptz)
            from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]) as i (organization_id, thread_id, account_id, expires_at)
            where i.expires_at is not null
            group by i.organization_id, i.thread_id, i.account_id
            order by i.organization_id, i.thread_id, i.account_id
            on conflict (organization_id, thread_id, account_id) do update set expires_at = excluded.expires_at
                where thread_windows.expires_at < excluded.expires_at
            """;

    // On a channel with windows the account that was written to last is the one whose window is open longest: a message
    // that arrives late does not take the thread away from it.
    private static final String ACCOUNT = """
            update threads t set last_inbound_account_id = i.account_id
            from (
                select distinct on (organization_id, thread_id) organization_id, thread_id, account_id, expires_at::timestamptz as expires_at
                from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]) with ordinality
                     as u (organization_id, thread_id, account_id, expires_at, ord)
                order by organization_id, thread_id, ord desc
            ) i
            where t.organization_id = i.organization_id and t.id = i.thread_id
              and t.last_inbound_account_id is distinct from i.account_id
              and not exists (select from thread_windows w where w.organization_id = i.organization_id
                                and w.thread_id = i.thread_id and w.expires_at > i.expires_at)
            """;

    /**
     * That a person wrote.
     *
     * @param at the provider's time
     * @param opensUntil the end of the window that this opens; null on a channel without windows
     */
    record Activity(
            ThreadKey thread,
            UUID accountId,
            Instant at,
            @Nullable Instant opensUntil) {}

    private ActivityStore() {}

    /** Opens windows, and remembers the account that was written to last, and when a message was stored last. */
    static void write(Connection connection, List<Activity> activities, Instant now) throws SQLException {
        List<Activity> inTime =
                activities.stream().sorted(Comparator.comparing(Activity::at)).toList();
        try (PreparedStatement statement = connection.prepareStatement(TOUCH)) {
            new Arrays(statement)
                    .uuids(inTime, activity -> activity.thread().organizationId())
                    .uuids(inTime, activity -> activity.thread().threadId())
                    .times(inTime, activity -> now);
            statement.executeUpdate();
        }
        accounts(connection, OPEN, inTime);
        accounts(connection, ACCOUNT, inTime);
    }

    private static void accounts(Connection connection, String sql, List<Activity> activities) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Arrays(statement)
                    .uuids(activities, activity -> activity.thread().organizationId())
                    .uuids(activities, activity -> activity.thread().threadId())
                    .uuids(activities, Activity::accountId)
                    .times(activities, Activity::opensUntil);
            statement.executeUpdate();
        }
    }
}
