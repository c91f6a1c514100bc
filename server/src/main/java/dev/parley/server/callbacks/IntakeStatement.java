package dev.parley.server.callbacks;

import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.GroupStatement;
import dev.parley.server.platform.db.Together;
import dev.parley.server.platform.db.TransactionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Takes the updates of a group of callbacks in; the provider is answered when they are committed. Statuses of messages that are
 * known are applied right here, all else is stored to be applied: a status by an id that the send's answer is still to bring, too.
 */
final class IntakeStatement implements GroupStatement<List<StoredUpdate>, IntakeOutcome> {

    /** Statuses of one transaction: a callback may hold thousands, and those who wait for the same rows are to wait briefly. */
    private static final int MOST = 500;

    private static final String INSERT = """
            insert into callback_updates (organization_id, account_id, provider, body, state, reason, received_at, route_kind,
                                          route_key, secret_fingerprint)
            select i.organization_id, i.account_id, i.provider, i.body,
                   case when i.reason is null then 'pending' else 'set_aside' end, i.reason, i.received_at::timestamptz,
                   i.route_kind, i.route_key, i.secret_fingerprint
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as account_id, unnest(?::text[]) as provider,
                       unnest(?::text[]) as body, unnest(?::text[]) as reason, unnest(?::text[]) as received_at,
                       unnest(?::text[]) as route_kind, unnest(?::text[]) as route_key, unnest(?::bytea[]) as secret_fingerprint
            ) i
            """;

    private static final String INSERT_ALONE =
            "with stored as (" + INSERT + ") select " + TransactionId.SQL + " as xid";

    private final InstantSource clock;

    IntakeStatement(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Group<IntakeOutcome> run(Connection connection, List<List<StoredUpdate>> callbacks) throws SQLException {
        List<StoredUpdate> updates = callbacks.stream().flatMap(List::stream).toList();
        StatusApplication<StoredUpdate> statuses = new StatusApplication<>(clock.instant());
        Together writes = new Together();
        statuses.run(connection, writes, statuses(updates));
        List<StoredUpdate> left = left(updates, statuses.applied());
        List<IntakeOutcome> outcomes = new ArrayList<>(Collections.nCopies(callbacks.size(), IntakeOutcome.TOLD));
        outcomes.set(0, new IntakeOutcome(!left.isEmpty(), statuses.followUp()));
        String transactionId = statuses.transactionId();
        if (transactionId == null) {
            return new Group<>(left.isEmpty() ? null : store(connection, left), outcomes);
        }
        if (!left.isEmpty()) {
            writes.add(INSERT, parameters -> bind(parameters, left));
        }
        return new Group<>(transactionId, outcomes, writes.end());
    }

    private static List<StatusApplication.Item<StoredUpdate>> statuses(List<StoredUpdate> updates) {
        List<StatusApplication.Item<StoredUpdate>> items = new ArrayList<>(updates.size());
        for (StoredUpdate update : updates) {
            if (update.status() != null && items.size() < MOST) {
                items.add(new StatusApplication.Item<>(
                        update, update.organizationId(), update.accountId(), update.status()));
            }
        }
        return items;
    }

    /** What is still to be applied, in its order. */
    private static List<StoredUpdate> left(List<StoredUpdate> updates, List<StoredUpdate> applied) {
        Set<StoredUpdate> done = Collections.newSetFromMap(new IdentityHashMap<>());
        done.addAll(applied);
        return updates.stream().filter(update -> !done.contains(update)).toList();
    }

    /** The transaction's id. */
    private static String store(Connection connection, List<StoredUpdate> updates) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ALONE)) {
            bind(new Arrays(statement), updates);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString("xid");
            }
        }
    }

    private static void bind(Arrays parameters, List<StoredUpdate> updates) throws SQLException {
        parameters
                .uuids(updates, StoredUpdate::organizationId)
                .uuids(updates, StoredUpdate::accountId)
                .texts(updates, StoredUpdate::provider)
                .texts(updates, StoredUpdate::body)
                .texts(updates, StoredUpdate::setAside)
                .times(updates, StoredUpdate::receivedAt)
                .texts(
                        updates,
                        update -> update.unrouted() == null
                                ? null
                                : update.unrouted().key().kind())
                .texts(
                        updates,
                        update -> update.unrouted() == null
                                ? null
                                : update.unrouted().key().value())
                .bytes(
                        updates,
                        update -> update.unrouted() == null
                                ? null
                                : update.unrouted().secretFingerprint());
    }
}
