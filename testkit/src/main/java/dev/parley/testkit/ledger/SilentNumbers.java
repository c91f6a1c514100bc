package dev.parley.testkit.ledger;

/** The candidates whose statuses come without our reference, so that no callback can prove a send to them. */
public final class SilentNumbers {

    private static final String ENDING = "0";

    private SilentNumbers() {}

    /** Whether this number, written with or without a plus, is one of them. */
    public static boolean contains(String phone) {
        return phone.endsWith(ENDING);
    }
}
