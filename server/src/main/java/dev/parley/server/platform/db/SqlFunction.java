package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with a connection. */
@FunctionalInterface
public interface SqlFunction<T extends @Nullable Object> {
    T apply(Connection connection) throws SQLException;
}
