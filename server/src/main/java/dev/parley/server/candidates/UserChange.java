package dev.parley.server.candidates;

import dev.parley.server.platform.jsonapi.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a PATCH makes of a user. Used once. */
final class UserChange {

    private final Write write;
    private final List<String> fields = new ArrayList<>();

    UserChange(Write write) {
        this.write = write;
    }

    /** The attributes that changed; empty when none did. */
    List<String> fields() {
        return fields;
    }

    User apply(User before, Instant now) {
        String firstName = Objects.requireNonNull(text(UserType.FIRST_NAME, before.firstName()));
        String lastName = Objects.requireNonNull(text(UserType.LAST_NAME, before.lastName()));
        if (!fields.isEmpty()) {
            fields.add(UserType.FULL_NAME);
        }
        return new User(
                before.id(),
                firstName,
                lastName,
                text(UserType.EMAIL, before.email()),
                text(UserType.PHONE, before.phone()),
                text(UserType.TIME_ZONE, before.timeZone()),
                text(UserType.EXTERNAL_ID, before.externalId()),
                before.version() + 1,
                before.createdAt(),
                now);
    }

    private @Nullable String text(String attribute, @Nullable String before) {
        if (!write.has(attribute) || Objects.equals(before, write.text(attribute))) {
            return before;
        }
        fields.add(attribute);
        return write.text(attribute);
    }
}
