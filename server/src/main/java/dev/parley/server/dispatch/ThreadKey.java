package dev.parley.server.dispatch;

import java.util.UUID;

/** Names a thread, by its organization too: callers choose ids, so two organizations may have the same one. */
record ThreadKey(UUID organizationId, UUID threadId) {

    /** Before all others. */
    static final ThreadKey FIRST = new ThreadKey(new UUID(0, 0), new UUID(0, 0));
}
