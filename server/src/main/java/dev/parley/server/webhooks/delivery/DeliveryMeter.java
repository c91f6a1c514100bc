package dev.parley.server.webhooks.delivery;

import java.time.Duration;

/** Is told of each try. Safe for use by many threads at once; never throws. */
public interface DeliveryMeter {

    /**
     * A try ended.
     *
     * @param outcome {@code delivered}, {@code retry}, {@code failed}, {@code gone}, or {@code unsent} when nothing was called
     */
    void tried(String outcome, Duration took);

    /** A try succeeded, so long after the event. */
    void delivered(Duration sinceEvent);
}
