package dev.parley.server.platform.ids;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** Makes ids. Safe for use by many threads at once. */
@FunctionalInterface
public interface Ids {

    /** A new id, unlike any before. */
    UUID next();

    /**
     * UUIDv7 (RFC 9562): they rise with time, so that inserts stay at the right edge of an index; also within a millisecond, as
     * ids break the ties of lists: what is stored in one group is listed in its order.
     */
    static Ids timeOrdered() {
        NoArgGenerator generator = Generators.timeBasedEpochGenerator();
        return generator::generate;
    }
}
