package dev.parley.connector;

import java.time.Duration;

/**
 * That a candidate's messages were read, up to and with one.
 *
 * @param providerMessageId the provider's id of the newest one that was read
 * @param account the settings of the account that was written to
 * @param deadline the longest that the whole call may take
 */
public record ReadReceipt(String providerMessageId, AccountSettings account, Duration deadline) {}
