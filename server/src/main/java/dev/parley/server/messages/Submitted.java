package dev.parley.server.messages;

import dev.parley.server.platform.jsonapi.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one message in its group: the row's own outcome. */
public sealed interface Submitted {

    /**
     * It is stored, and so is the duty to send it; or it is stored as failed because its window is closed.
     *
     * @param message as it stands
     * @param woken the account that has work now; null when nothing is to be sent at once, or the thread is taken care of
     */
    record Accepted(Message message, @Nullable UUID woken) implements Submitted {}

    /**
     * The same request came before and was accepted.
     *
     * @param id of the message that was made then
     * @param state attributes and meta as the first answer showed them; null when the message was deleted since
     */
    record Replayed(UUID id, @Nullable String state) implements Submitted {}

    /** The same request came before and was refused as {@code first} says. */
    record RefusedBefore(Submitted first) implements Submitted {}

    /** No such thread in the organization. */
    record NoThread() implements Submitted {}

    /** The thread's channel has no account that could send it. */
    record NoAccount() implements Submitted {}

    /**
     * The payload can't be sent, or is not one that the thread's channel takes.
     *
     * @param problems at least one
     */
    record Unfit(List<Problem> problems) implements Submitted {}

    /**
     * The organization has as many messages that are accepted and not handed over as it may have.
     *
     * @param most how many that are
     */
    record QuotaReached(long most) implements Submitted {}

    /** The id that the caller chose is taken. */
    record IdTaken() implements Submitted {}

    /** The idempotency key was used with another body. */
    record KeyReused() implements Submitted {}

    /** The first request with this idempotency key is still under way. */
    record KeyInUse() implements Submitted {}
}
