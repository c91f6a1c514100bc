package dev.parley.simulator.faults;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * When to misbehave, and how. Every condition that is given must hold.
 *
 * @param on the calls it is about: {@code messages}, {@code upload}, {@code lookUp} or {@code download}
 * @param phoneNumberId sends of this business number alone; null for all
 * @param to sends to this recipient alone, digits or a user id; null for all
 * @param every of the sends that match so far, only each so-manieth; 1 for each
 * @param probability of those, this share by chance, 0 to 1
 * @param count of those, only the next so many
 * @param effects what happens
 * @param source the rule as it was given
 */
public record FaultRule(
        String on,
        @Nullable String phoneNumberId,
        @Nullable String to,
        int every,
        double probability,
        long count,
        List<Effect> effects,
        ObjectNode source) {

    /** Sends. */
    public static final String MESSAGES = "messages";

    /** Uploads of media. */
    public static final String UPLOAD = "upload";

    /** Look-ups of media. */
    public static final String LOOK_UP = "lookUp";

    /** Downloads of media. */
    public static final String DOWNLOAD = "download";
}
