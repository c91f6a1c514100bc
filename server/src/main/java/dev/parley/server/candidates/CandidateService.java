package dev.parley.server.candidates;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done with candidates; each change and its event are one transaction. */
final class CandidateService implements ResourceHandler, Related {

    private static final String STATUS = "candidateStatusId";

    private final Database database;
    private final InstantSource clock;
    private final Ids ids;

    CandidateService(Database database, InstantSource clock, Ids ids) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> CandidateStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        Optional<Candidate> found =
                database.call(connection -> CandidateStore.find(connection, caller.organization(), id));
        return found.isEmpty() ? new Found.Missing() : new Found.One(CandidateView.resource(found.get()));
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> wanted) {
        return database.call(connection -> CandidateStore.byIds(connection, organization, wanted));
    }

    @Override
    public Map<UUID, List<Resource>> newest(UUID organization, Filter filter, Collection<UUID> parents, int most) {
        return database.call(connection -> CandidateStore.newest(connection, organization, filter, parents, most));
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        Instant now = now();
        Candidate made = new Candidate(
                Objects.requireNonNullElseGet(write.id(), ids::next),
                write.require("phone", String.class),
                write.text("firstName"),
                write.text("lastName"),
                write.text("email"),
                write.text("postalCode"),
                write.uuid(STATUS),
                1,
                now,
                now,
                null);
        return database.transact(connection -> create(connection, caller.organization(), made, write));
    }

    private static WriteResult create(Connection connection, UUID organizationId, Candidate made, Write write)
            throws SQLException {
        if (statusIsMissing(connection, organizationId, made.statusId())) {
            return noSuchStatus(write);
        }
        if (!CandidateStore.insert(connection, organizationId, made)) {
            return WriteResult.refused(Problem.at(
                    ProblemCode.ID_TAKEN, "/data/id", "Write another id, or leave it out; this one is taken."));
        }
        append(connection, organizationId, made, Event.Kind.CREATE, List.of());
        return new WriteResult.Created(CandidateView.resource(made));
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        return database.transact(connection -> update(connection, caller.organization(), id, write));
    }

    private WriteResult update(Connection connection, UUID organizationId, UUID id, Write write) throws SQLException {
        Optional<Candidate> found = CandidateStore.lock(connection, organizationId, id);
        if (found.isEmpty()) {
            return new WriteResult.Missing();
        }
        Candidate before = found.get();
        if (statusIsMissing(connection, organizationId, write.uuid(STATUS))) {
            return noSuchStatus(write);
        }
        CandidateChange change = new CandidateChange(write);
        Candidate after = change.apply(before, now());
        if (change.fields().isEmpty()) {
            return new WriteResult.Updated(CandidateView.resource(before));
        }
        CandidateStore.update(connection, organizationId, after);
        append(connection, organizationId, after, Event.Kind.UPDATE, change.fields());
        return new WriteResult.Updated(CandidateView.resource(after));
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        UUID organizationId = caller.organization();
        Instant now = now();
        boolean hidden = database.transact(connection -> {
            boolean done = CandidateStore.hide(connection, organizationId, id, now);
            if (done) {
                AssignmentStore.forget(connection, organizationId, id);
                String type = CandidateType.TYPE.type();
                EventLog.append(
                        connection, new Event(organizationId, Event.Kind.DELETE, type, id, null, List.of(), null, now));
            }
            return done;
        });
        return hidden ? new WriteResult.Deleted() : new WriteResult.Missing();
    }

    private static boolean statusIsMissing(Connection connection, UUID organizationId, @Nullable UUID statusId)
            throws SQLException {
        return statusId != null && !CandidateStatusStore.exists(connection, organizationId, statusId);
    }

    private static WriteResult noSuchStatus(Write write) {
        return WriteResult.refused(Problem.at(
                ProblemCode.RELATED_NOT_FOUND,
                write.pointer(STATUS),
                "Write the id of a candidate status of this organization; there is none with this one."));
    }

    private static void append(
            Connection connection, UUID organizationId, Candidate c, Event.Kind kind, List<String> fields)
            throws SQLException {
        String state = CandidateView.state(c);
        String type = CandidateType.TYPE.type();
        EventLog.append(connection, new Event(organizationId, kind, type, c.id(), null, fields, state, c.updatedAt()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
