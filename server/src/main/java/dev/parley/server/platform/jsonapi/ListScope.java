package dev.parley.server.platform.jsonapi;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.postgresql.jdbc.PgStatement;

/**
 * What the lists of one server share. Immutable.
 *
 * @param limit the longest that a statement of a list, or of what is included, may take
 * @param longLists those that are known to be longer than is counted
 */
public record ListScope(Duration limit, LongLists longLists) {

    private static final ScopedValue<ListScope> GIVEN = ScopedValue.newInstance();

    private static final ListScope ALONE = new ListScope(Duration.ofSeconds(5), LongLists.none());

    /** Lists that take at most so long a statement. */
    public static ListScope of(Duration limit, InstantSource clock) {
        return new ListScope(limit, new LongLists(clock));
    }

    /** Of lists that share nothing, and take at most 5 seconds a statement. */
    static ListScope alone() {
        return ALONE;
    }

    /** Has a statement end when it takes too long. */
    public void limit(Statement statement) throws SQLException {
        statement.unwrap(PgStatement.class).setQueryTimeoutMs(limit.toMillis());
    }

    /** Makes a call whose lists share this. */
    JsonApi.Call around(JsonApi.Call call) {
        return context -> call(() -> call.answer(context));
    }

    /** Reads lists that share this. */
    public <T, E extends Exception> T call(ScopedValue.CallableOp<T, E> reading) throws E {
        return ScopedValue.where(GIVEN, this).call(reading);
    }

    /** What the call that this thread answers was given, else {@link #alone}. */
    public static ListScope current() {
        return GIVEN.isBound() ? GIVEN.get() : ALONE;
    }
}
