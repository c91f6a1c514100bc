package dev.parley.server.messages;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a message is due, and until when it may be sent.
 *
 * @param scheduledAt when it becomes due; null for at once
 * @param expiresAt after this it is not sent
 */
record Schedule(@Nullable Instant scheduledAt, Instant expiresAt) {

    /** The farthest that a message can be scheduled. */
    static final Duration FARTHEST = Duration.ofDays(366);

    /** The longest that a message can wait once it is due. */
    static final Duration LONGEST = Duration.ofDays(30);

    /** What is wrong, and with which attribute. */
    record Fault(String attribute, String detail) {}

    /**
     * What a new message asks for.
     *
     * @param scheduledAt as given; one that has passed means at once
     * @param expiresAt as given; null for {@code expiry} after it is due
     */
    static Schedule of(@Nullable Instant scheduledAt, @Nullable Instant expiresAt, Instant now, Duration expiry) {
        Instant later = scheduledAt == null || !seconds(scheduledAt).isAfter(now) ? null : seconds(scheduledAt);
        Instant due = later == null ? now : later;
        return new Schedule(later, expiresAt == null ? due.plus(expiry) : seconds(expiresAt));
    }

    /**
     * What is wrong with it, at {@code now}.
     *
     * @param created when the message was made, which is when it is due unless it is scheduled
     */
    List<Fault> faults(Instant created, Instant now) {
        Instant due = scheduledAt == null ? created : scheduledAt;
        if (due.isAfter(now.plus(FARTHEST))) {
            return List.of(new Fault(
                    MessageType.SCHEDULED_AT, "Write a time at most " + FARTHEST.toDays() + " days from now."));
        }
        boolean fits = expiresAt.isAfter(due) && expiresAt.isAfter(now) && !expiresAt.isAfter(due.plus(LONGEST));
        return fits
                ? List.of()
                : List.of(new Fault(
                        MessageType.EXPIRES_AT,
                        "Write a time after the message is due, and at most " + LONGEST.toDays() + " days after."));
    }

    /** Times as callers see them: in whole seconds. */
    static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether both look the same to callers. */
    static boolean same(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return seconds(one).equals(seconds(other));
    }
}
