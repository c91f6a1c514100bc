package dev.parley.testkit.ledger;

/**
 * A thread and the person at its other end.
 *
 * @param threadId the thread
 * @param phone the candidate's number, digits only
 */
public record Talk(String threadId, String phone) {}
