package dev.parley.server.dispatch;

import dev.parley.connector.ByteSource;
import java.util.UUID;

/** Gives the bytes of stored files. Safe for use by many threads at once. */
@FunctionalInterface
public interface MediaBytes {

    /** The content with this SHA-256, which has that size; it is looked for when it is opened. */
    ByteSource of(UUID organization, String sha256, long size);
}
