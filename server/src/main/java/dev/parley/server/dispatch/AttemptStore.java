package dev.parley.server.dispatch;

import dev.parley.server.platform.db.Together;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens and closes attempts. */
final class AttemptStore {

    // What was looked up beside the thread's place may be as it was before the place was waited for.
    private static final String OPEN = """
            with input as materialized (
                select * from (
                    select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as message_id,
                           unnest(?::int8[]) as number, unnest(?::uuid[]) as account_id, unnest(?::int8[]) as fence,
                           unnest(?::text[]) as opened_at, unnest(?::uuid[]) as thread_id, unnest(?::text[]) as identifier
                ) i
            ), opened as (
                update messages m set phase = 'open', tries = i.number
                from input i where m.organization_id = i.organization_id and m.id = i.message_id
            )
            insert into attempts (organization_id, message_id, number, account_id, fence, opened_at)
            select i.organization_id, i.message_id, i.number, i.account_id,
                   case when t.identifier = i.identifier then i.fence else parley_in_the_way() end, i.opened_at::timestamptz
            from input i left join threads t on t.organization_id = i.organization_id and t.id = i.thread_id
            """;

    private static final String CLOSE = """
            update attempts a
            set outcome = i.outcome, closed_at = i.closed_at::timestamptz, milliseconds = i.milliseconds,
                provider_message_id = coalesce(a.provider_message_id, i.provider_message_id),
                provider_code = i.provider_code, provider_error = i.provider_error::jsonb, reason = i.reason
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as message_id,
                       unnest(?::int8[]) as number, unnest(?::text[]) as outcome, unnest(?::text[]) as closed_at,
                       unnest(?::int8[]) as milliseconds, unnest(?::text[]) as provider_message_id,
                       unnest(?::text[]) as provider_code, unnest(?::text[]) as provider_error,
                       unnest(?::text[]) as reason
            ) i
            where a.organization_id = i.organization_id and a.message_id = i.message_id and a.number = i.number
            """;

    /** How an attempt is closed. */
    record Closing(
            UUID organizationId,
            UUID messageId,
            int number,
            String outcome,
            Instant at,
            long milliseconds,
            @Nullable String providerMessageId,
            @Nullable String providerCode,
            @Nullable String providerError,
            @Nullable String reason) {}

    private AttemptStore() {}

    static void open(Together writes, List<Duty> duties) {
        if (duties.isEmpty()) {
            return;
        }
        writes.add(
                OPEN,
                parameters -> parameters
                        .uuids(duties, duty -> duty.message().organizationId())
                        .uuids(duties, duty -> duty.message().id())
                        .longs(duties, Duty::attempt)
                        .uuids(duties, duty -> duty.account().id())
                        .longs(duties, Duty::fence)
                        .times(duties, Duty::openedAt)
                        .uuids(duties, duty -> duty.message().threadId())
                        .texts(duties, Duty::identifier));
    }

    static void close(Together writes, List<Closing> closings) {
        if (closings.isEmpty()) {
            return;
        }
        writes.add(
                CLOSE,
                parameters -> parameters
                        .uuids(closings, Closing::organizationId)
                        .uuids(closings, Closing::messageId)
                        .longs(closings, Closing::number)
                        .texts(closings, Closing::outcome)
                        .times(closings, Closing::at)
                        .longs(closings, Closing::milliseconds)
                        .texts(closings, Closing::providerMessageId)
                        .texts(closings, Closing::providerCode)
                        .texts(closings, Closing::providerError)
                        .texts(closings, Closing::reason));
    }
}
