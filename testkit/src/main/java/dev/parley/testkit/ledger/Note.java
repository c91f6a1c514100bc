package dev.parley.testkit.ledger;

import java.util.Locale;

/**
 * A message that a customer's program wants to be sent.
 *
 * @param threadId the thread it goes to
 * @param sequence its place in the thread, from 1: the one before it was acknowledged first
 * @param id made by the program: the message's id, or else the request's key
 * @param givesId whether {@code id} is the message's id
 */
record Note(String threadId, int sequence, String id, boolean givesId) {

    /** Unique, and says where it belongs. */
    String text() {
        return String.format(Locale.ROOT, "%s/%06d", threadId, sequence);
    }
}
