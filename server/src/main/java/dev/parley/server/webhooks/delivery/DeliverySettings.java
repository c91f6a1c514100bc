package dev.parley.server.webhooks.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How webhooks are sent.
 *
 * @param concurrency the most requests under way on this node
 * @param firstByteTimeout from the first look-up of the name to the head of the answer
 * @param answerTimeout the same to the answer's end
 * @param retries the pauses before each further try
 * @param circuitFailures tries in a row that failed, after which an endpoint is left alone
 * @param circuitPause for how long at first; doubled each time
 * @param circuitMaxPause for how long at most
 * @param pauseAfter how long nothing but failures may come from an endpoint before it is paused
 */
public record DeliverySettings(
        int concurrency,
        Duration firstByteTimeout,
        Duration answerTimeout,
        List<Duration> retries,
        int circuitFailures,
        Duration circuitPause,
        Duration circuitMaxPause,
        Duration pauseAfter) {}
