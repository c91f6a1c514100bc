package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which thread is inside of which transaction. Safe for use by many threads at once. */
final class Surroundings {

    private final ScopedValue<Surrounding> open = ScopedValue.newInstance();

    /** What this thread is inside of; null for nothing. */
    @Nullable
    Surrounding current() {
        return open.isBound() ? open.get() : null;
    }

    <T extends @Nullable Object> T inside(Surrounding around, SurroundedWork<T> work) throws Exception {
        return ScopedValue.where(open, around).call(() -> work.run(around));
    }

    /** Runs inside of another one: what it undoes is undone to where it began. */
    <T extends @Nullable Object> T nested(Surrounding outer, SurroundedWork<T> work) throws Exception {
        Connection connection = outer.connection();
        Surrounding inner = new Surrounding(connection, connection.setSavepoint());
        T result = inside(inner, work);
        inner.end(outer);
        return result;
    }

    /** Runs statements on the surrounding connection. */
    static <T extends @Nullable Object> T on(Surrounding around, SqlFunction<T> work) {
        try {
            return work.apply(around.connection());
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
