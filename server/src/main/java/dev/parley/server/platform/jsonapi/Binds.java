package dev.parley.server.platform.jsonapi;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Binds values to a statement as PostgreSQL's driver wants them. */
public final class Binds {

    private Binds() {}

    /** Binds every parameter in order; a time as an {@link Instant}, null as a null of whatever type is wanted. */
    public static PreparedStatement all(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }

    /** A column that holds a time. */
    public static @Nullable Instant time(@Nullable OffsetDateTime column) {
        return column == null ? null : column.toInstant();
    }
}
