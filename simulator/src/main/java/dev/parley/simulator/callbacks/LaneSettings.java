package dev.parley.simulator.callbacks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one number's updates are posted.
 *
 * @param target where to; null drops every update
 * @param batch how many updates one POST holds at most
 * @param gather the least time between two rounds of posting, in which updates gather
 * @param inFlight how many POSTs are under way at most
 * @param retry what happens after a failure
 */
public record LaneSettings(@Nullable Target target, int batch, Duration gather, int inFlight, RetryPlan retry) {}
