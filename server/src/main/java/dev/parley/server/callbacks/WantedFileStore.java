package dev.parley.server.callbacks;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Which files of candidates are to be got from their providers; package {@code media} gets them. */
final class WantedFileStore {

    /**
     * A file that is still at the provider.
     *
     * @param providerId the provider's id of it
     * @param at when it was sent, by the provider's time
     */
    record WantedFile(UUID organization, UUID message, UUID account, String providerId, Instant at) {}

    // A message has one file: another one takes the place of what was wanted, which nobody waits for any more.
    private static final String WANT = """
            insert into media_downloads as d (organization_id, message_id, account_id, provider_id, due_at, give_up_at)
            select i.organization_id, i.message_id, i.account_id, i.provider_id, parley_now(),
                   greatest(i.at::timestamptz + interval '7 days', parley_now() + interval '1 hour')
            from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
                 as i (organization_id, message_id, account_id, provider_id, at)
            on conflict (organization_id, message_id) do update
            set account_id = excluded.account_id, provider_id = excluded.provider_id, due_at = excluded.due_at, tries = 0,
                give_up_at = excluded.give_up_at
            where d.provider_id <> excluded.provider_id
            """;

    private static final String DROP = """
            delete from media_downloads d using unnest(?::uuid[], ?::uuid[]) as i (organization_id, message_id)
            where d.organization_id = i.organization_id and d.message_id = i.message_id
            """;

    private WantedFileStore() {}

    /** They are got later, one for a message; what was not within a provider's 7 days can't be any more. */
    static void want(Connection connection, List<WantedFile> files) throws SQLException {
        if (files.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(WANT)) {
            new Arrays(statement)
                    .uuids(files, WantedFile::organization)
                    .uuids(files, WantedFile::message)
                    .uuids(files, WantedFile::account)
                    .texts(files, WantedFile::providerId)
                    .times(files, WantedFile::at);
            statement.executeUpdate();
        }
    }

    /** Nobody wants the files of these messages any more; one that is being got finds that out when it is here. */
    static void drop(Connection connection, List<ChangeStore.Key> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(DROP)) {
            new Arrays(statement)
                    .uuids(messages, ChangeStore.Key::organizationId)
                    .uuids(messages, ChangeStore.Key::messageId);
            statement.executeUpdate();
        }
    }
}
