package dev.parley.server.audit;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import java.util.UUID;

/** {@code /management/audit-entries}: all of them, for the partner. Safe for use by many threads at once. */
final class ManagedAuditEntries implements ResourceHandler {

    private final Database database;

    ManagedAuditEntries(Database database) {
        this.database = database;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> AuditStore.listOfAll(connection, query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return database.call(connection -> AuditStore.findAmongAll(connection, id))
                .<Found>map(Found.One::new)
                .orElseGet(Found.Missing::new);
    }
}
