package dev.parley.server.callbacks;

import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.GroupStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Stores the updates of a group of callbacks; the provider is answered when they are committed. */
final class IntakeStatement implements GroupStatement<List<StoredUpdate>, Boolean> {

    private static final String INSERT = """
            with stored as (
                insert into callback_updates (organization_id, account_id, provider, body, state, reason, received_at)
                select i.organization_id, i.account_id, i.provider, i.body,
                       case when i.reason is null then 'pending' else 'set_aside' end, i.reason, i.received_at::timestamptz
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
                     as i (organization_id, account_id, provider, body, reason, received_at, ord)
                order by i.ord
            )
            select pg_current_xact_id()::text
            """;

    @Override
    public Group<Boolean> run(Connection connection, List<List<StoredUpdate>> callbacks) throws SQLException {
        List<StoredUpdate> updates = callbacks.stream().flatMap(List::stream).toList();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Arrays(statement)
                    .uuids(updates, StoredUpdate::organizationId)
                    .uuids(updates, StoredUpdate::accountId)
                    .texts(updates, StoredUpdate::provider)
                    .texts(updates, StoredUpdate::body)
                    .texts(updates, StoredUpdate::setAside)
                    .times(updates, StoredUpdate::receivedAt);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Group<>(row.getString(1), Collections.nCopies(callbacks.size(), true));
            }
        }
    }
}
