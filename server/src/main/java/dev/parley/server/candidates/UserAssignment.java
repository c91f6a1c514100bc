package dev.parley.server.candidates;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.jsonapi.LinkageChange;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Assigns candidates to a user, and takes them away, one change after the other: each holds the lock of the user's row. A
 * change and its event are one transaction. Safe for use by many threads at once.
 */
final class UserAssignment {

    private final Database database;
    private final InstantSource clock;

    UserAssignment(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    WriteResult relate(UUID organization, UUID id, LinkageChange change) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.transact(connection -> relate(connection, organization, id, change, now));
    }

    private static WriteResult relate(
            Connection connection, UUID organization, UUID id, LinkageChange change, Instant now) throws SQLException {
        Optional<User> found = UserStore.lock(connection, organization, id);
        if (found.isEmpty()) {
            return new WriteResult.Missing();
        }
        if (!(change instanceof LinkageChange.Remove)) {
            List<Problem> unknown = UserService.unknown(connection, organization, change.linked());
            if (!unknown.isEmpty()) {
                return new WriteResult.Refused(unknown);
            }
        }
        Set<UUID> named = change.linked().keySet();
        if (change instanceof LinkageChange.Add
                && AssignmentStore.countWith(connection, organization, id, named) > UserType.MOST_CANDIDATES) {
            return WriteResult.refused(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    "/data",
                    "Assign fewer: a user has at most " + UserType.MOST_CANDIDATES + " candidates."));
        }
        boolean changed = switch (change) {
            case LinkageChange.Add add -> AssignmentStore.add(connection, organization, id, named);
            case LinkageChange.Replace all -> AssignmentStore.replace(connection, organization, id, named);
            case LinkageChange.Remove remove -> AssignmentStore.remove(connection, organization, id, named);
        };
        if (!changed) {
            return new WriteResult.Updated(found.get().resource());
        }
        User after = found.get().changed(now);
        UserService.changed(connection, organization, after, List.of(UserType.CANDIDATES));
        return new WriteResult.Updated(after.resource());
    }
}
