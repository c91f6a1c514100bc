package dev.parley.server.messages;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks up messages that other messages name. */
public final class ReferenceStore {

    /**
     * A message that is named.
     *
     * @param threadId where it must be
     * @param accountId the account whose provider must know it; null for whichever sent or got it
     */
    record Asked(
            UUID organizationId, UUID threadId, @Nullable UUID accountId, UUID messageId) {}

    /** What there is to say of one, under the same index. */
    record Found(boolean there, boolean known, boolean reaction, boolean old) {}

    /** A message that is named in one that is to be sent through an account. */
    public record Named(UUID organizationId, UUID accountId, UUID messageId) {}

    // Merged threads' messages move in chunks: until then they are where they were.
    private static final String CHECK = """
            select m.id is not null as there,
                   exists (select from attempts a where a.organization_id = m.organization_id and a.message_id = m.id
                             and a.provider_message_id is not null and a.account_id = coalesce(i.account_id, a.account_id))
                   or coalesce(m.origin = 'inbound' and m.provider_message_id is not null
                               and m.account_id = coalesce(i.account_id, m.account_id), false) as known,
                   coalesce(m.payload->>'type' = 'reaction', false) as reaction,
                   coalesce(m.sent_at, m.delivered_at, m.created_at) < parley_now() - interval '30 days' as old
            from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[]) with ordinality
                 as i (organization_id, thread_id, account_id, message_id, ord)
            left join messages m on m.organization_id = i.organization_id and m.id = i.message_id and m.deleted_at is null
                 and (m.thread_id = i.thread_id or exists (select from threads t where t.organization_id = i.organization_id
                        and t.id = m.thread_id and t.merged_into = i.thread_id))
            order by i.ord
            """;

    private static final String PROVIDER_IDS = """
            select i.organization_id, i.account_id, i.message_id, coalesce(
                (select a.provider_message_id from attempts a where a.organization_id = i.organization_id
                   and a.message_id = i.message_id and a.account_id = i.account_id and a.provider_message_id is not null
                 order by a.number desc limit 1),
                (select m.provider_message_id from messages m where m.organization_id = i.organization_id
                   and m.id = i.message_id and m.account_id = i.account_id and m.origin = 'inbound')) as provider_message_id
            from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as i (organization_id, account_id, message_id)
            """;

    private ReferenceStore() {}

    /** One for each, in order. */
    static List<Found> check(Connection connection, List<Asked> asked) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHECK)) {
            new Arrays(statement)
                    .uuids(asked, Asked::organizationId)
                    .uuids(asked, Asked::threadId)
                    .uuids(asked, Asked::accountId)
                    .uuids(asked, Asked::messageId);
            List<Found> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Found(
                            row.getBoolean("there"),
                            row.getBoolean("known"),
                            row.getBoolean("reaction"),
                            row.getBoolean("old")));
                }
            }
            return found;
        }
    }

    /** The provider's ids of those that the account's provider knows. */
    public static Map<Named, String> providerIds(Connection connection, List<Named> named) throws SQLException {
        Map<Named, String> ids = new HashMap<>();
        if (named.isEmpty()) {
            return ids;
        }
        try (PreparedStatement statement = connection.prepareStatement(PROVIDER_IDS)) {
            new Arrays(statement)
                    .uuids(named, Named::organizationId)
                    .uuids(named, Named::accountId)
                    .uuids(named, Named::messageId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String id = row.getString("provider_message_id");
                    if (id != null) {
                        ids.put(
                                new Named(
                                        row.getObject("organization_id", UUID.class),
                                        row.getObject("account_id", UUID.class),
                                        row.getObject("message_id", UUID.class)),
                                id);
                    }
                }
            }
            return ids;
        }
    }
}
