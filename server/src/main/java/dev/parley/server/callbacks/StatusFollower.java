package dev.parley.server.callbacks;

import dev.parley.server.dispatch.AddressListener;
import dev.parley.server.platform.db.Database;

/** Does what statuses ask for once they are committed. Safe for use by many threads at once. */
final class StatusFollower {

    private final Database database;
    private final AddressListener addresses;
    private final DutySignal duty;

    StatusFollower(Database database, AddressListener addresses, DutySignal duty) {
        this.database = database;
        this.addresses = addresses;
        this.duty = duty;
    }

    void follow(StatusFollowUp asked) {
        if (!asked.released().isEmpty()) {
            database.transact(connection -> {
                StatusStore.nudge(connection, asked.released());
                return true;
            });
            duty.released();
        }
        asked.learned()
                .forEach(one -> addresses.learned(
                        one.message().organizationId(), one.message().threadId(), null, one.addresses()));
    }
}
