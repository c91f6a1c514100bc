package dev.parley.server.candidates;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
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
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** Makes, changes and deletes users; each change and its event are one transaction. Safe for use by many threads at once. */
final class UserService {

    private final Database database;
    private final InstantSource clock;
    private final Ids ids;

    UserService(Database database, InstantSource clock, Ids ids) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
    }

    WriteResult create(UUID organization, Write write) {
        Instant now = now();
        User made = new User(
                Objects.requireNonNullElseGet(write.id(), ids::next),
                write.require(UserType.FIRST_NAME, String.class),
                write.require(UserType.LAST_NAME, String.class),
                write.text(UserType.EMAIL),
                write.text(UserType.PHONE),
                write.text(UserType.TIME_ZONE),
                write.text(UserType.EXTERNAL_ID),
                1,
                now,
                now);
        return database.transact(connection -> create(connection, organization, made, write));
    }

    private static WriteResult create(Connection connection, UUID organization, User made, Write write)
            throws SQLException {
        List<Problem> unknown = unknownCandidates(connection, organization, write);
        if (!unknown.isEmpty()) {
            return new WriteResult.Refused(unknown);
        }
        if (!UserStore.insert(connection, organization, made)) {
            return WriteResult.refused(Problem.at(
                    ProblemCode.ID_TAKEN, "/data/id", "Write another id, or leave it out; this one is taken."));
        }
        assign(connection, organization, made.id(), write);
        append(connection, organization, Event.Kind.CREATE, made, List.of());
        return new WriteResult.Created(made.resource());
    }

    WriteResult update(UUID organization, UUID id, Write write) {
        Instant now = now();
        return database.transact(connection -> update(connection, organization, id, write, now));
    }

    private static WriteResult update(Connection connection, UUID organization, UUID id, Write write, Instant now)
            throws SQLException {
        Optional<User> found = UserStore.lock(connection, organization, id);
        if (found.isEmpty()) {
            return new WriteResult.Missing();
        }
        List<Problem> unknown = unknownCandidates(connection, organization, write);
        if (!unknown.isEmpty()) {
            return new WriteResult.Refused(unknown);
        }
        UserChange change = new UserChange(write);
        User after = change.apply(found.get(), now);
        List<String> fields = new ArrayList<>(change.fields());
        if (assign(connection, organization, id, write)) {
            fields.add(UserType.CANDIDATES);
        }
        if (fields.isEmpty()) {
            return new WriteResult.Updated(found.get().resource());
        }
        changed(connection, organization, after, fields);
        return new WriteResult.Updated(after.resource());
    }

    /** Keeps what became of a user whose row is locked, with its event. */
    static void changed(Connection connection, UUID organization, User after, List<String> fields) throws SQLException {
        UserStore.update(connection, organization, after);
        append(connection, organization, Event.Kind.UPDATE, after, fields);
    }

    WriteResult delete(UUID organization, UUID id) {
        Instant now = now();
        return database.transact(connection -> {
            if (UserStore.lock(connection, organization, id).isEmpty()) {
                return new WriteResult.Missing();
            }
            AssignmentStore.replace(connection, organization, id, List.of());
            UserStore.delete(connection, organization, id);
            String type = UserType.TYPE.type();
            EventLog.append(
                    connection, new Event(organization, Event.Kind.DELETE, type, id, null, List.of(), null, now));
            return new WriteResult.Deleted();
        });
    }

    private static List<Problem> unknownCandidates(Connection connection, UUID organization, Write write)
            throws SQLException {
        SequencedMap<UUID, String> wanted = write.linked(UserType.CANDIDATES);
        return wanted == null ? List.of() : unknown(connection, organization, wanted);
    }

    /** Why candidates can't be assigned; those that can are not hidden until the transaction ends. */
    static List<Problem> unknown(Connection connection, UUID organization, SequencedMap<UUID, String> wanted)
            throws SQLException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<UUID> found = AssignmentStore.keep(connection, organization, wanted.keySet());
        return wanted.entrySet().stream()
                .filter(one -> !found.contains(one.getKey()))
                .map(one -> Problem.at(
                        ProblemCode.RELATED_NOT_FOUND,
                        one.getValue(),
                        "Write the id of a candidate of this organization; there is none with this one."))
                .toList();
    }

    /** Whether that changed who is assigned. */
    private static boolean assign(Connection connection, UUID organization, UUID user, Write write)
            throws SQLException {
        SequencedMap<UUID, String> wanted = write.linked(UserType.CANDIDATES);
        return wanted != null && AssignmentStore.replace(connection, organization, user, wanted.keySet());
    }

    private static void append(
            Connection connection, UUID organization, Event.Kind kind, User user, List<String> fields)
            throws SQLException {
        String type = UserType.TYPE.type();
        EventLog.append(
                connection,
                new Event(organization, kind, type, user.id(), null, fields, user.state(), user.updatedAt()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
