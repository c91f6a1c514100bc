package dev.parley.server.candidates;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as it is stored.
 *
 * @param statusId of a candidate status of the same organization
 * @param version rises with each change
 * @param deletedAt when it was hidden
 */
record Candidate(
        UUID id,
        String phone,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String postalCode,
        @Nullable UUID statusId,
        int version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    /** The id alone: the rest is personal. */
    @Override
    public String toString() {
        return id.toString();
    }
}
