package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A resource whose new rows lock what everybody needs, so that several operations make all of them together, by one statement at
 * the very end of their transaction.
 */
public interface Grouped {

    /** What has to be done before one is made: outside of any transaction, and it may block. */
    Preparing prepare(Caller caller, Write write);

    /**
     * Takes places for so many among all that wait to be made, or says why there are none. To be asked after preparing and before
     * the transaction, so that nothing was done yet.
     */
    Room room(Caller caller, int wanted);

    /** Makes them in the order given; what came of each. */
    List<WriteResult> createAll(Connection connection, Caller caller, List<Wanted> wanted) throws SQLException;

    /** What came of preparing. */
    sealed interface Preparing {
        /** @param prepared what {@link #createAll} is to be given */
        record Ready(Object prepared) implements Preparing {}

        /** It can't be made now. */
        record Not(WriteResult answer) implements Preparing {}
    }

    /** Whether there are places. */
    sealed interface Room {
        /** @param giveBack to be run once the transaction has ended */
        record Taken(Runnable giveBack) implements Room {}

        /** Too many wait. */
        record None(WriteResult answer) implements Room {}
    }

    /** One that is to be made. */
    record Wanted(Write write, Object prepared) {}
}
