package dev.parley.server.platform.db;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One row that waits for its group. */
final class GroupEntry<I, O> {

    final UUID organization;
    final int bytes;
    final I item;
    final long since;
    final CompletableFuture<Written<O>> written = new CompletableFuture<>();
    /** Whoever sets it first decides: the writer that takes the row, or the caller that gives up. */
    private final AtomicBoolean taken = new AtomicBoolean();

    GroupEntry(UUID organization, int bytes, I item, long since) {
        this.organization = organization;
        this.bytes = bytes;
        this.item = item;
        this.since = since;
    }

    boolean take() {
        return taken.compareAndSet(false, true);
    }
}
