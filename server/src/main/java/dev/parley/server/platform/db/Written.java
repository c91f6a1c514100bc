package dev.parley.server.platform.db;

import java.sql.SQLException;

/** What became of a row that was given to a group writer. */
public sealed interface Written<O> {

    /** It was committed; {@code outcome} is its own. */
    record Done<O>(O outcome) implements Written<O> {}

    /** Too many rows of its organization wait; nothing was done. */
    record OrganizationFull<O>() implements Written<O> {}

    /** Too many rows wait, or it waited too long; nothing was done. */
    record Overloaded<O>() implements Written<O> {}

    /** The database is not there; nothing was done. */
    record Unreachable<O>() implements Written<O> {}

    /** This row alone was refused by the database; nothing was done. */
    record Refused<O>(SQLException cause) implements Written<O> {}

    /** The connection was lost while committing, and whether it was committed could not be learned. */
    record Unknown<O>() implements Written<O> {}
}
