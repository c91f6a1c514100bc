package dev.parley.server.callbacks;

import dev.parley.connector.Address;
import dev.parley.server.messages.Message;
import java.util.List;

/**
 * What statuses ask for once they are applied and committed.
 *
 * @param released messages at the head of a thread that need no longer wait for evidence
 * @param learned what they tell of the people written to
 */
record StatusFollowUp(List<Message> released, List<Learned> learned) {

    /** Addresses that a status tells of a message whose send had no answer. */
    record Learned(Message message, List<Address> addresses) {}
}
