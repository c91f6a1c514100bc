package dev.parley.simulator.faults;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to misbehave. Of those that refuse a send, {@link CutBefore} goes before {@link Http} and that before
 * {@link Refuse}; of those that spoil the answer of an accepted one, {@link AcceptThenTimeout} goes before
 * {@link AcceptThenCut} and that before {@link Garbage}. All others apply together.
 */
public sealed interface Effect {

    /**
     * Refuses with Graph's error object.
     *
     * @param code Meta's code
     * @param status the HTTP status, null for the table's
     * @param details the details, null for the table's
     */
    record Refuse(
            int code, @Nullable Integer status, @Nullable String details) implements Effect {}

    /** Refuses with a bare HTML page, as a gateway does. */
    record Http(int status) implements Effect {}

    /** Accepts, then says nothing for this long, then cuts the connection. */
    record AcceptThenTimeout(long holdMillis) implements Effect {}

    /** Accepts, then cuts the connection without an answer. */
    record AcceptThenCut() implements Effect {}

    /** Cuts the connection; nothing is accepted. */
    record CutBefore() implements Effect {}

    /** A look-up names, or a download gives, another content than what was put there. */
    record WrongHash() implements Effect {}

    /** Answers late, whatever the answer is. */
    record Slow(long millis) implements Effect {}

    /** Accepts, then answers 200 with a body that cannot be read. */
    record Garbage() implements Effect {}

    /** Each status is called back this many times more. */
    record DuplicateCallbacks(int copies) implements Effect {}

    /** The statuses come in the reverse order. */
    record ReorderCallbacks() implements Effect {}

    /**
     * Statuses are not called back.
     *
     * @param statuses which ones; empty for all
     */
    record LoseCallbacks(Set<String> statuses) implements Effect {}

    /** The first status is called back, and answered, before the send is. */
    record CallbackBeforeAnswer() implements Effect {}

    /** The statuses come without {@code biz_opaque_callback_data}. */
    record OmitReference() implements Effect {}

    /**
     * The status {@code failed} comes in place of {@code delivered} and what follows it.
     *
     * @param code Meta's code
     * @param details the details, null for the table's
     */
    record FailLater(int code, @Nullable String details) implements Effect {}

    /**
     * The answer to a template says that it is kept back.
     *
     * @param messageStatus {@code held_for_quality_assessment} or {@code paused}
     */
    record Hold(String messageStatus) implements Effect {}

    /**
     * The answer and the callbacks name another phone number than the request.
     *
     * @param value the number, null to change the one sent to
     */
    record OtherWaId(@Nullable String value) implements Effect {}
}
