package dev.parley.simulator.ledger;

/**
 * One try at telling the server about a send.
 *
 * @param status the status told: {@code sent}, {@code delivered}, {@code read}, {@code failed}
 * @param attempt 1 for the first try
 * @param atMicros when the try ended, in microseconds since the epoch
 * @param answer the HTTP status that the server answered, 0 when there was no answer
 */
public record CallbackRecord(String status, int attempt, long atMicros, int answer) {}
