package dev.parley.server.platform.db;

import java.time.Duration;

/**
 * How to reach the database.
 *
 * @param jdbcUrl {@code jdbc:postgresql://…}
 * @param username who connects
 * @param password of that user; never in a text form
 * @param poolSize the most connections
 * @param allowUnsafe whether a server with fsync or full_page_writes off is accepted
 * @param statementLimit the longest that one statement may take
 */
public record DatabaseOptions(
        String jdbcUrl, String username, String password, int poolSize, boolean allowUnsafe, Duration statementLimit) {
    @Override
    public String toString() {
        return "DatabaseOptions[poolSize=" + poolSize + "]";
    }
}
