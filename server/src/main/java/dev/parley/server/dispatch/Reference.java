package dev.parley.server.dispatch;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our own name of an attempt, given to the provider with the message and echoed in its callbacks: organization, message,
 * attempt.
 *
 * @param attempt counted from 1
 */
public record Reference(UUID organizationId, UUID messageId, int attempt) {

    private static final int BYTES = 34;

    /** At most 46 characters of the URL-safe base64 alphabet. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(organizationId.getMostSignificantBits())
                .putLong(organizationId.getLeastSignificantBits())
                .putLong(messageId.getMostSignificantBits())
                .putLong(messageId.getLeastSignificantBits())
                .putShort((short) attempt);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The reference of this text; null when it is not one of ours. */
    public static @Nullable Reference parse(@Nullable String text) {
        if (text == null || text.length() != 46) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return new Reference(
                    new UUID(bytes.getLong(), bytes.getLong()),
                    new UUID(bytes.getLong(), bytes.getLong()),
                    bytes.getShort());
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }
}
