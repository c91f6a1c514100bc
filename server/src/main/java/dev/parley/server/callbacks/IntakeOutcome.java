package dev.parley.server.callbacks;

import java.util.List;

/**
 * What a group of callbacks came to.
 *
 * @param left whether updates are left to be applied
 * @param followUp what is to be done once it is committed
 */
record IntakeOutcome(boolean left, StatusFollowUp followUp) {

    /** Of the callbacks of a group but the first, which tells of all. */
    static final IntakeOutcome TOLD = new IntakeOutcome(false, new StatusFollowUp(List.of(), List.of()));
}
