package dev.parley.server.platform.db;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a group writer takes.
 *
 * @param rows the most rows of one group
 * @param bytes the most bytes of one group
 * @param queuedPerOrganization the most rows of one organization that wait
 * @param queuedInAll the most rows that wait
 * @param longestWait how long a row waits before it is given up; null to wait for as long as it takes, also while the
 *     database is not there
 */
public record GroupLimits(
        int rows,
        int bytes,
        int queuedPerOrganization,
        int queuedInAll,
        @Nullable Duration longestWait) {

    /** Groups end at 256 rows or 1 MB. */
    public static final int ROWS = 256;

    /** Groups end at 256 rows or 1 MB. */
    public static final int BYTES = 1 << 20;

    /**
     * Limits of a writer whose rows must be written, however long it takes. Its statement may be run once more after it was
     * committed, when nobody can say whether it was.
     */
    public static GroupLimits patient(int queuedInAll) {
        return new GroupLimits(ROWS, BYTES, queuedInAll, queuedInAll, null);
    }
}
