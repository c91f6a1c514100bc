package dev.parley.server.platform.db;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is done with a Jdbi handle. */
@FunctionalInterface
public interface HandleFunction<T extends @Nullable Object> {
    T apply(Handle handle);
}
