package dev.parley.server.candidates;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /candidate-statuses}. Safe for use by many threads at once. */
final class CandidateStatusResource implements ResourceHandler, Related {

    private final Database database;

    CandidateStatusResource(Database database) {
        this.database = database;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> CandidateStatusStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        Resource found = byIds(caller.organization(), List.of(id)).get(id);
        return found == null ? new Found.Missing() : new Found.One(found);
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        return database.call(connection -> CandidateStatusStore.byIds(connection, organization, ids));
    }
}
