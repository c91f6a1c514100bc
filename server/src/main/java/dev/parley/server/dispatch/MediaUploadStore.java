package dev.parley.server.dispatch;

import dev.parley.connector.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Under which ids providers know contents, and attempts that wait for one. */
final class MediaUploadStore {

    // An id that ends within the hour might end before the provider looks at it.
    private static final String FIND = """
            select provider_id from media_uploads
            where organization_id = ? and account_id = ? and sha256 = ? and mime_type = ?
              and expires_at > parley_now() + interval '1 hour'
            """;

    private static final String SAVE = """
            insert into media_uploads (organization_id, account_id, sha256, mime_type, provider_id, expires_at)
            values (?, ?, ?, ?, ?, parley_now() + ? * interval '1 second')
            on conflict (organization_id, account_id, sha256, mime_type)
            do update set provider_id = excluded.provider_id, expires_at = excluded.expires_at
            """;

    private static final String FORGET = """
            delete from media_uploads
            where organization_id = ? and account_id = ? and sha256 = ? and mime_type = ? and provider_id = ?
            """;

    private static final String PREPARING = """
            update attempts set preparing = ?
            where organization_id = ? and message_id = ? and number = ? and outcome is null
            """;

    private MediaUploadStore() {}

    static @Nullable String find(Connection connection, Duty duty, Content.Media file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            bound(statement, duty.message().organizationId(), duty.account().id(), file.sha256(), file.mimeType());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    static void save(Connection connection, Duty duty, Content.Media file, String providerId, Duration lifetime)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            bound(
                            statement,
                            duty.message().organizationId(),
                            duty.account().id(),
                            file.sha256(),
                            file.mimeType(),
                            providerId,
                            lifetime.toSeconds())
                    .executeUpdate();
        }
    }

    static void forget(Connection connection, Duty duty, Content.Media file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            bound(
                            statement,
                            duty.message().organizationId(),
                            duty.account().id(),
                            file.sha256(),
                            file.mimeType(),
                            file.providerId())
                    .executeUpdate();
        }
    }

    /** Says of an open attempt whether nothing can have gone to the candidate yet; false when it is no longer open. */
    static boolean preparing(Connection connection, Duty duty, boolean preparing) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PREPARING)) {
            return bound(
                                    statement,
                                    preparing,
                                    duty.message().organizationId(),
                                    duty.message().id(),
                                    duty.attempt())
                            .executeUpdate()
                    == 1;
        }
    }

    private static PreparedStatement bound(PreparedStatement statement, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
