package dev.parley.simulator.json;

/** A control request that cannot be carried out as it stands. The message says what to change. */
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String member;

    /**
     * @param member the member at fault, as a path such as {@code rules[0].effects.error.code}; empty for the whole body
     * @param message what is wrong and what is expected
     */
    public BadInputException(String member, String message) {
        super(message);
        this.member = member;
    }

    /** The member at fault. */
    public String member() {
        return member;
    }
}
