package dev.parley.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to hand one message to a provider.
 *
 * @param reference our own name of this attempt, at most 512 characters; a provider that can echo it is asked to
 * @param to the candidate
 * @param content what is said
 * @param account the settings of the account it goes through
 * @param deadline the longest that the whole call may take
 * @param replyTo the provider's id of the message that this one answers; null when it answers none
 */
public record SendRequest(
        String reference,
        Address to,
        Content content,
        AccountSettings account,
        Duration deadline,
        @Nullable String replyTo) {

    /** An attempt at a message that answers none. */
    public SendRequest(String reference, Address to, Content content, AccountSettings account, Duration deadline) {
        this(reference, to, content, account, deadline, null);
    }
}
