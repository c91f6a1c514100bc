package dev.parley.connector;

import java.time.Duration;

/**
 * One attempt to hand one message to a provider.
 *
 * @param reference our own name of this attempt, at most 512 characters; a provider that can echo it is asked to
 * @param to the candidate
 * @param content what is said
 * @param account the settings of the account it goes through
 * @param deadline the longest that the whole call may take
 */
public record SendRequest(String reference, Address to, Content content, AccountSettings account, Duration deadline) {}
