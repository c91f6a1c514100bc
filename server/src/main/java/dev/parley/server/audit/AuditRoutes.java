package dev.parley.server.audit;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.jsonapi.JsonApi;
import java.util.ArrayList;
import java.util.List;

/** {@code /audit-entries} and {@code /management/audit-entries}, for reading. Thread-safe. */
public final class AuditRoutes {

    private final JsonApi api;
    private final Database database;

    /** Routes that read from this database. */
    public AuditRoutes(JsonApi api, Database database) {
        this.api = api;
        this.database = database;
    }

    /** All of them. An organization's token needs the scope {@code manage} to read what was managed. */
    public List<Route> routes() {
        List<Route> routes =
                new ArrayList<>(api.routes(AuditType.MANAGED, Access.PARTNER, new ManagedAuditEntries(database)));
        api.routes(AuditType.OWN, Access.ORGANIZATION, new OwnAuditEntries(database)).stream()
                .map(route -> route.withScope(Scope.MANAGE))
                .forEach(routes::add);
        return routes;
    }
}
