package dev.parley.server.messages;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of a message that is to be accepted, with its thread's dispatch row locked.
 *
 * @param kept what was answered to the same idempotency key before; null when it is new
 * @param thread where the message goes; null when there is none
 * @param idTaken whether a message has the id that the caller chose
 * @param account which would send it; null when there is none for the thread's channel
 * @param windowOpen whether free text may go from that account to the thread's candidate
 */
record SubmitFound(
        @Nullable Kept kept,
        @Nullable Place thread,
        boolean idTaken,
        @Nullable UUID account,
        boolean windowOpen) {

    /**
     * A thread's place in dispatch.
     *
     * @param lastSeq the place of the last message that was accepted; null when the thread has gone meanwhile
     * @param takenCareOf whether it is claimed, or put off: whoever did that comes back. A thread that is due may have been passed over
     *     by a claim because its row was locked for this very message
     * @param idle what it takes to claim for it at once; null when it has something to send, or its account can't send
     */
    record Place(
            UUID id, String channel, @Nullable Long lastSeq, boolean takenCareOf, AcceptClaims.@Nullable Idle idle) {}

    /**
     * An answer that was given before.
     *
     * @param same whether it was to the same body
     * @param outcome the verdict's word
     * @param message that was made then; null when none was, or when it is gone
     * @param state of the message as the answer showed it, null when it is gone; of a payload that was refused, what was wrong
     */
    record Kept(
            boolean same,
            String outcome,
            @Nullable UUID message,
            @Nullable String state) {

        /** What the request comes to that finds it. */
        Submitted again() {
            if (!same) {
                return new Submitted.KeyReused();
            }
            return message == null ? new Submitted.RefusedBefore(refusal()) : new Submitted.Replayed(message, state);
        }

        private Submitted refusal() {
            return switch (outcome) {
                case "id_taken" -> new Submitted.IdTaken();
                case "no_account" -> new Submitted.NoAccount();
                case "unfit" -> new Submitted.Unfit(KeptProblems.read(state));
                default -> throw new IllegalStateException("unknown outcome " + outcome);
            };
        }
    }
}
