package dev.parley.testkit.ledger;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that a customer's program wants to be sent.
 *
 * @param threadId the thread it goes to
 * @param sequence its place in the thread, from 1: the one before it was acknowledged first
 * @param id made by the program: the message's id, or else the request's key
 * @param givesId whether {@code id} is the message's id
 * @param cargo as what its text is sent
 */
record Note(String threadId, int sequence, String id, boolean givesId, Cargo cargo) {

    private static final int DIGITS = 6;
    private static final Pattern TEXT = Pattern.compile("([0-9a-f-]{36})/([0-9]{6,9})");

    /** Unique, and says where it belongs. */
    String text() {
        return text(threadId, sequence);
    }

    static String text(String threadId, int sequence) {
        String digits = Integer.toString(sequence);
        return threadId + "/" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /** The text of a note in that of a message; all of that when there is none. */
    static String textIn(String sent) {
        Matcher matcher = TEXT.matcher(sent);
        return matcher.find() ? matcher.group() : sent;
    }

    /** The place in its thread of the note that has this text; empty when it is no note's. */
    static OptionalLong sequenceIn(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(2))) : OptionalLong.empty();
    }

    /** The thread of the note that has this text. */
    static String threadIn(String text) {
        return text.substring(0, text.indexOf('/'));
    }
}
