package dev.parley.server.audit;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.jsonapi.Found;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.ResourceHandler;
import java.util.UUID;

/** {@code /audit-entries}: those of the caller's organization. Safe for use by many threads at once. */
final class OwnAuditEntries implements ResourceHandler {

    private final Database database;

    OwnAuditEntries(Database database) {
        this.database = database;
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        return database.call(connection -> AuditStore.list(connection, caller.organization(), query));
    }

    @Override
    public Found get(Caller caller, UUID id) {
        return database.call(connection -> AuditStore.find(connection, caller.organization(), id))
                .<Found>map(Found.One::new)
                .orElseGet(Found.Missing::new);
    }
}
