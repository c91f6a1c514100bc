package dev.parley.simulator.callbacks;

/** One thing to tell the server; up to a thousand of them share a POST. */
public interface Update {

    /** About how many bytes it takes in a body, rather too many than too few. */
    int estimatedBytes();

    /**
     * Called when a try at telling it has ended.
     *
     * @param attempt 1 for the first
     * @param answer the HTTP status, 0 when there was no answer
     */
    void posted(int attempt, int answer);
}
