package dev.parley.server.platform.db;

/** Places among the rows that wait in a {@link GroupWriter}, for rows that somebody else writes. */
public sealed interface Places {

    /**
     * They count as rows that wait until they are given back.
     *
     * @param giveBack to be run once
     */
    record Held(Runnable giveBack) implements Places {}

    /** Too many rows of the organization wait. */
    record OrganizationFull() implements Places {}

    /** Too many rows wait, or the writer is closed. */
    record Full() implements Places {}
}
