package dev.parley.server.dispatch;

import dev.parley.server.messages.DutyListener;
import dev.parley.server.platform.db.Database;
import java.util.List;
import java.util.Set;

/** Gives scheduled messages that are due their place in their threads' order, in batches. */
public final class ScheduleSweep {

    private final Database database;
    private final DutyListener listener;

    public ScheduleSweep(Database database, DutyListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Releases one batch; how many messages. */
    public int runOneCycle() {
        List<AccountKey> released = database.transact(ScheduleStore::release);
        Set.copyOf(released).forEach(account -> listener.hasWork(account.organizationId(), account.accountId()));
        return released.size();
    }
}
