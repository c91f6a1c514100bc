package dev.parley.server.candidates;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.LinkageChange;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Related;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import dev.parley.server.platform.jsonapi.Write;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /users}. Safe for use by many threads at once. */
final class UserResource implements ResourceHandler, Related {

    private final Database database;
    private final UserService service;
    private final UserAssignment assignment;

    UserResource(Database database, UserService service, UserAssignment assignment) {
        this.database = database;
        this.service = service;
        this.assignment = assignment;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> UserStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) throws Exception {
        return found(caller.organization(), id);
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        return service.create(caller.organization(), write);
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        return service.update(caller.organization(), id, write);
    }

    @Override
    public WriteResult relate(Caller caller, UUID id, LinkageChange change, RequestContext context) {
        return assignment.relate(caller.organization(), id, change);
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return service.delete(caller.organization(), id);
    }

    @Override
    public Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) {
        return database.call(connection -> UserStore.byIds(connection, organization, ids));
    }

    @Override
    public Map<UUID, List<Resource>> newest(UUID organization, Filter filter, Collection<UUID> parents, int most) {
        return database.call(connection -> UserStore.newest(connection, organization, filter, parents, most));
    }
}
