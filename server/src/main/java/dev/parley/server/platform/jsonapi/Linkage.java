package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an included relation of one resource leads to. */
sealed interface Linkage {

    /** @param id null when what it led to is gone */
    record One(@Nullable UUID id) implements Linkage {}

    /**
     * The newest of many.
     *
     * @param size how many were asked for
     * @param more whether there are older ones
     */
    record Many(List<UUID> ids, int size, boolean more) implements Linkage {}
}
