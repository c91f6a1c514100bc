package dev.parley.server.platform.metrics;

/** Whether something the server depends on works. */
public sealed interface Health {

    /** It works. */
    record Up() implements Health {}

    /**
     * It does not.
     *
     * @param reason a few words for the operator, without values
     */
    record Down(String reason) implements Health {}

    /** It works. */
    static Health up() {
        return new Up();
    }

    /** It does not, for this reason. */
    static Health down(String reason) {
        return new Down(reason);
    }
}
