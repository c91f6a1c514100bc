package dev.parley.server.payloads;

import dev.parley.server.platform.jsonapi.Problem;
import java.util.List;

/** What a payload asks of the channel it goes to. The channel is known only once its thread was looked up. */
@FunctionalInterface
public interface ChannelFit {

    /** Why it cannot go out there; empty when it can. Called by the one writer of a group: quick, and never blocking. */
    List<Problem> problems(ChannelRule rule);

    /** The messages that the payload names; they must be of the same thread, and known to its provider. */
    default List<MessageReference> references() {
        return List.of();
    }
}
