package dev.parley.server.threads;

import java.util.UUID;

/** What came of making or changing a thread. */
sealed interface ThreadOutcome {

    /** It is new. */
    record Made(MessageThread thread) implements ThreadOutcome {}

    /** It was there already; a candidate was set where it had none. */
    record Existing(MessageThread thread) implements ThreadOutcome {}

    /** It was changed, or was as asked for already. */
    record Changed(MessageThread thread) implements ThreadOutcome {}

    /** There is none with this id. */
    record Gone() implements ThreadOutcome {}

    /** There is no such candidate. */
    record NoCandidate() implements ThreadOutcome {}

    /** There is no such channel account. */
    record NoAccount() implements ThreadOutcome {}

    /** The account is of another channel than the thread. */
    record OtherChannel() implements ThreadOutcome {}

    /** The thread has another candidate. */
    record CandidateFixed() implements ThreadOutcome {}

    /** The thread has messages. */
    record ChannelFixed() implements ThreadOutcome {}

    /** Another thread is this person's. */
    record Taken(UUID threadId) implements ThreadOutcome {}

    /** The id that the caller chose is taken. */
    record IdTaken() implements ThreadOutcome {}

    /** The identifier is none on this channel. */
    record BadIdentifier(String detail) implements ThreadOutcome {}
}
