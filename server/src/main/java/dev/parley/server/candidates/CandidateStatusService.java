package dev.parley.server.candidates;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes candidate statuses; each change and its event are one transaction. Safe for use by many threads
 * at once.
 */
final class CandidateStatusService {

    /** Candidates are not counted beyond, so that a refusal costs the same for all. */
    private static final int MOST_COUNTED = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final Ids ids;
    private final int most;

    /** @param most statuses of an organization */
    CandidateStatusService(Database database, InstantSource clock, Ids ids, int most) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.most = most;
    }

    WriteResult create(UUID organization, Write write) {
        UUID id = Objects.requireNonNullElseGet(write.id(), ids::next);
        Instant now = now();
        return database.transact(connection -> {
            CandidateStatusStore.lockAll(connection, organization);
            String name = write.require(CandidateStatusType.NAME, String.class);
            Problem taken = taken(connection, organization, name, id, write);
            if (taken != null) {
                return WriteResult.refused(taken);
            }
            CandidateStatusStore.Counted counted = CandidateStatusStore.count(connection, organization);
            if (counted.statuses() >= most) {
                return WriteResult.refused(Problem.of(
                        ProblemCode.TOO_MANY_CANDIDATE_STATUSES,
                        "Delete a candidate status first; an organization has at most " + most + "."));
            }
            Long place = write.whole(CandidateStatusType.POSITION);
            int position = place == null
                    ? Math.min(counted.last() + 1, CandidateStatusType.LAST_POSITION)
                    : Math.toIntExact(place);
            CandidateStatus made = new CandidateStatus(id, name, position, 1, now, now);
            if (!CandidateStatusStore.insert(connection, organization, made)) {
                return WriteResult.refused(Problem.at(
                        ProblemCode.ID_TAKEN, "/data/id", "Write another id, or leave it out; this one is taken."));
            }
            append(connection, organization, Event.Kind.CREATE, made, List.of());
            return new WriteResult.Created(made.resource());
        });
    }

    WriteResult update(UUID organization, UUID id, Write write) {
        Instant now = now();
        return database.transact(connection -> {
            CandidateStatusStore.lockAll(connection, organization);
            Optional<CandidateStatus> found = CandidateStatusStore.lock(connection, organization, id);
            if (found.isEmpty()) {
                return new WriteResult.Missing();
            }
            CandidateStatus before = found.get();
            String name = Objects.requireNonNullElse(write.text(CandidateStatusType.NAME), before.name());
            Long place = write.whole(CandidateStatusType.POSITION);
            int position = place == null ? before.position() : Math.toIntExact(place);
            Problem taken = taken(connection, organization, name, id, write);
            if (taken != null) {
                return WriteResult.refused(taken);
            }
            List<String> fields = changed(before, name, position);
            if (fields.isEmpty()) {
                return new WriteResult.Updated(before.resource());
            }
            CandidateStatus after =
                    new CandidateStatus(id, name, position, before.version() + 1, before.createdAt(), now);
            CandidateStatusStore.update(connection, organization, after);
            append(connection, organization, Event.Kind.UPDATE, after, fields);
            return new WriteResult.Updated(after.resource());
        });
    }

    WriteResult delete(UUID organization, UUID id) {
        Instant now = now();
        return database.transact(connection -> {
            if (CandidateStatusStore.lock(connection, organization, id).isEmpty()) {
                return new WriteResult.Missing();
            }
            int used = CandidateStatusStore.used(connection, organization, id, MOST_COUNTED);
            if (used > 0) {
                return WriteResult.refused(Problem.of(
                                ProblemCode.CANDIDATE_STATUS_IN_USE,
                                "Give its candidates another status first; meta.candidates says how many have this one.")
                        .with(Json.MAPPER.createObjectNode().put("candidates", used)));
            }
            CandidateStatusStore.delete(connection, organization, id);
            String type = CandidateStatusType.TYPE.type();
            EventLog.append(
                    connection, new Event(organization, Event.Kind.DELETE, type, id, null, List.of(), null, now));
            return new WriteResult.Deleted();
        });
    }

    private static List<String> changed(CandidateStatus before, String name, int position) {
        List<String> fields = new ArrayList<>();
        if (!before.name().equals(name)) {
            fields.add(CandidateStatusType.NAME);
        }
        if (before.position() != position) {
            fields.add(CandidateStatusType.POSITION);
        }
        return fields;
    }

    private static @Nullable Problem taken(Connection connection, UUID organization, String name, UUID id, Write write)
            throws SQLException {
        Optional<UUID> other = CandidateStatusStore.named(connection, organization, name, id);
        return other.isEmpty()
                ? null
                : Problem.at(
                                ProblemCode.CANDIDATE_STATUS_EXISTS,
                                write.pointer(CandidateStatusType.NAME),
                                "Write another name, or use the status meta.id, which has this one.")
                        .with(Json.MAPPER
                                .createObjectNode()
                                .put("id", other.get().toString()));
    }

    private static void append(
            Connection connection, UUID organization, Event.Kind kind, CandidateStatus s, List<String> fields)
            throws SQLException {
        String type = CandidateStatusType.TYPE.type();
        EventLog.append(
                connection,
                new Event(
                        organization,
                        kind,
                        type,
                        s.id(),
                        null,
                        fields,
                        s.resource().state(),
                        s.updatedAt()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
