package dev.parley.server.messages;

import java.util.UUID;

/** Counts what became of submitted messages. Safe for use by many threads at once. */
@FunctionalInterface
public interface SubmitMeter {

    /** Counts nothing. */
    SubmitMeter NONE = (organization, outcome, nanos) -> {};

    /**
     * One message was answered.
     *
     * @param outcome accepted, replayed, refused, queue_full, quota_reached, overloaded, unreachable, unknown or error
     * @param nanos from entering the queue to the outcome
     */
    void submitted(UUID organization, String outcome, long nanos);
}
