package dev.parley.server.erasure;

import dev.parley.server.audit.AuditAction;
import dev.parley.server.audit.AuditEntry;
import dev.parley.server.audit.AuditLog;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.kept.KeptAnswerStore;
import dev.parley.server.search.SearchEntryStore;
import dev.parley.server.threads.BlankEventStore;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Removes what is left of a person once nothing of theirs can be accepted or sent any more. */
final class ErasureStore {

    static final int CHUNK = 500;

    private static final String OPEN = """
            select exists (select from messages m join attempts a on a.organization_id = m.organization_id and a.message_id = m.id
                           where m.organization_id = ? and m.thread_id = any (?) and a.outcome is null
                             and a.opened_at > parley_now() - ? * interval '1 millisecond')
            """;

    private static final String PICK = """
            select m.id, m.thread_id, m.account_id, m.provider_message_id, m.deleted_at is not null as deleted
            from messages m where m.organization_id = ? and m.thread_id = any (?)
            order by m.id limit %d for update
            """.formatted(CHUNK);

    private static final String REMOVE_ATTEMPTS = """
            delete from attempts where organization_id = ? and message_id = any (?) returning account_id, provider_message_id
            """;

    private record Picked(List<UUID> ids, List<Event> deletes, Set<ProviderMessage> named) {}

    private ErasureStore() {}

    /** Whether a message is being sent, or may be: an attempt without a result that is younger than its lease. */
    static boolean hasOpenAttempt(Connection connection, Subject subject, long leaseMillis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setObject(1, subject.organizationId());
            statement.setArray(2, uuids(connection, subject.threads()));
            statement.setLong(3, leaseMillis);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Removes one chunk of messages with all that hangs on them; nothing when there are no more. */
    static Erased chunk(Connection connection, Subject subject, FingerprintStore fingerprints, Instant now)
            throws SQLException {
        Picked picked = pick(connection, subject, now);
        if (picked.ids().isEmpty()) {
            return Erased.NOTHING;
        }
        UUID organization = subject.organizationId();
        int attempts = attempts(connection, organization, picked);
        fingerprints.add(connection, picked.named());
        int answers = update(
                connection,
                "delete from idempotency_keys where organization_id = ? and message_id = any (?)",
                organization,
                picked.ids());
        answers += KeptAnswerStore.forget(connection, organization, picked.ids());
        update(
                connection,
                "delete from messages where organization_id = ? and id = any (?)",
                organization,
                picked.ids());
        SearchEntryStore.erase(connection, organization, "messages", picked.ids());
        int events = BlankEventStore.blank(connection, organization, picked.ids());
        EventLog.appendParts(connection, picked.deletes());
        return new Erased(0, 0, picked.ids().size(), attempts, 0, events, answers);
    }

    private static Picked pick(Connection connection, Subject subject, Instant now) throws SQLException {
        Picked picked = new Picked(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
        UUID organization = subject.organizationId();
        try (PreparedStatement statement = connection.prepareStatement(PICK)) {
            statement.setObject(1, organization);
            statement.setArray(2, uuids(connection, subject.threads()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    picked.ids().add(id);
                    if (!row.getBoolean("deleted")) {
                        picked.deletes()
                                .add(deleted(
                                        organization, "messages", id, row.getObject("thread_id", UUID.class), now));
                    }
                    name(
                            picked,
                            organization,
                            row.getObject("account_id", UUID.class),
                            row.getString("provider_message_id"));
                }
            }
        }
        return picked;
    }

    private static int attempts(Connection connection, UUID organization, Picked picked) throws SQLException {
        int removed = 0;
        try (PreparedStatement statement = connection.prepareStatement(REMOVE_ATTEMPTS)) {
            statement.setObject(1, organization);
            statement.setArray(2, uuids(connection, picked.ids()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    removed++;
                    name(picked, organization, row.getObject(1, UUID.class), row.getString(2));
                }
            }
        }
        return removed;
    }

    private static void name(
            Picked picked, UUID organization, @Nullable UUID account, @Nullable String providerMessageId) {
        if (account != null && providerMessageId != null) {
            picked.named().add(new ProviderMessage(organization, account, providerMessageId));
        }
    }

    /** Removes the threads, and the candidate where there is one; their messages must be gone. */
    static Erased persons(Connection connection, Subject subject, Instant now) throws SQLException {
        UUID organization = subject.organizationId();
        List<UUID> resources = new ArrayList<>(subject.threads());
        int threads = update(
                connection,
                "delete from threads where organization_id = ? and id = any (?)",
                organization,
                subject.threads());
        update(
                connection,
                "delete from thread_merges where organization_id = ? and (thread_id = any (?) or other_thread_id = any (?))",
                organization,
                subject.threads(),
                subject.threads());
        int candidates = 0;
        UUID candidate = subject.candidateId();
        if (candidate != null) {
            resources.add(candidate);
            update(
                    connection,
                    "delete from user_candidates where organization_id = ? and candidate_id = any (?)",
                    organization,
                    List.of(candidate));
            candidates = update(
                    connection,
                    "delete from candidates where organization_id = ? and id = any (?)",
                    organization,
                    List.of(candidate));
        }
        SearchEntryStore.erase(connection, organization, "messageThreads", subject.threads());
        if (candidate != null) {
            SearchEntryStore.erase(connection, organization, "candidates", List.of(candidate));
        }
        int answers = KeptAnswerStore.forget(connection, organization, resources);
        int events = BlankEventStore.blank(connection, organization, resources);
        if (candidates > 0 && candidate != null) {
            EventLog.appendParts(connection, List.of(deleted(organization, "candidates", candidate, null, now)));
        }
        return new Erased(candidates, threads, 0, 0, 0, events, answers);
    }

    /** That it was done, and how much, without personal data. */
    static void audit(Connection connection, Subject subject, Erased erased, Instant now) throws SQLException {
        AuditAction action =
                subject.candidateId() == null ? AuditAction.MESSAGE_THREAD_ERASED : AuditAction.CANDIDATE_ERASED;
        String counts = Json.text(erased.json());
        AuditLog.append(
                connection, List.of(new AuditEntry(subject.organizationId(), action, subject.id(), counts, now)));
    }

    private static Event deleted(UUID organization, String type, UUID id, @Nullable UUID thread, Instant at) {
        return new Event(organization, Event.Kind.DELETE, type, id, thread, List.of(), null, at);
    }

    @SafeVarargs
    private static int update(Connection connection, String sql, UUID organization, List<UUID>... ids)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization);
            for (int i = 0; i < ids.length; i++) {
                statement.setArray(i + 2, uuids(connection, ids[i]));
            }
            return statement.executeUpdate();
        }
    }

    private static Array uuids(Connection connection, List<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }
}
