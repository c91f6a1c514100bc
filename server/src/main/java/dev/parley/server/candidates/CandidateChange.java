package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a PATCH makes of a candidate. Used once. */
final class CandidateChange {

    private final Write write;
    private final List<String> fields = new ArrayList<>();

    CandidateChange(Write write) {
        this.write = write;
    }

    /** The attributes that changed; empty when none did. */
    List<String> fields() {
        return fields;
    }

    Candidate apply(Candidate before, Instant now) {
        String phone = before.phone();
        if (write.has("phone") && !phone.equals(write.text("phone"))) {
            phone = write.require("phone", String.class);
            fields.add("phone");
        }
        String firstName = text("firstName", before.firstName());
        String lastName = text("lastName", before.lastName());
        String email = text("email", before.email());
        String postalCode = text("postalCode", before.postalCode());
        UUID statusId = before.statusId();
        if (write.has("candidateStatusId") && !Objects.equals(statusId, write.uuid("candidateStatusId"))) {
            statusId = write.uuid("candidateStatusId");
            fields.add("candidateStatusId");
        }
        return new Candidate(
                before.id(),
                phone,
                firstName,
                lastName,
                email,
                postalCode,
                statusId,
                before.version() + 1,
                before.createdAt(),
                now,
                before.deletedAt());
    }

    private @Nullable String text(String attribute, @Nullable String before) {
        if (!write.has(attribute) || Objects.equals(before, write.text(attribute))) {
            return before;
        }
        fields.add(attribute);
        return write.text(attribute);
    }
}
