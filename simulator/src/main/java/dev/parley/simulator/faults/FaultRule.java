package dev.parley.simulator.faults;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * When to misbehave, and how. Every condition that is given must hold.
 *
 * @param phoneNumberId sends of this business number alone; null for all
 * @param to sends to this recipient alone, digits or a user id; null for all
 * @param every of the sends that match so far, only each so-manieth; 1 for each
 * @param probability of those, this share by chance, 0 to 1
 * @param count of those, only the next so many
 * @param effects what happens
 * @param source the rule as it was given
 */
public record FaultRule(
        @Nullable String phoneNumberId,
        @Nullable String to,
        int every,
        double probability,
        long count,
        List<Effect> effects,
        ObjectNode source) {}
