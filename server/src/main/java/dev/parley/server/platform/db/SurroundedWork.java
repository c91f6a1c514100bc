package dev.parley.server.platform.db;

import org.jspecify.annotations.Nullable;

/** What is done inside of a {@link Surrounding}. */
@FunctionalInterface
public interface SurroundedWork<T extends @Nullable Object> {
    T run(Surrounding around) throws Exception;
}
