package dev.parley.server.payloads;

import dev.parley.connector.MediaKind;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gets the files that callers send and stores them. Safe for use by many threads at once; blocks. */
@FunctionalInterface
public interface MediaSource {

    /** Stores a file for an organization, or says why not. */
    Taken take(UUID organization, Given given);

    /**
     * A file as a caller gave it; one of {@code data} and {@code url} is there.
     *
     * @param data its bytes in base64, or the word that stands for them
     * @param url where it is to be fetched
     * @param mimeType what the caller says it is; null when it does not
     * @param fileName what it is called; null for no name
     * @param pointer of the object that gives it
     */
    record Given(
            MediaKind kind,
            @Nullable String data,
            @Nullable String url,
            @Nullable String mimeType,
            @Nullable String fileName,
            String pointer) {

        /** The kind alone. */
        @Override
        public String toString() {
            return "Given[" + kind + "]";
        }
    }

    /** What came of it. */
    sealed interface Taken {

        /**
         * It is stored.
         *
         * @param mimeType what it is, without parameters, lower case
         * @param sha256 in lower-case hexadecimal
         */
        record Stored(String mimeType, long size, String sha256) implements Taken {}

        /** It can't be sent. */
        record Refused(Problem problem) implements Taken {}

        /** It could not be stored now. */
        record Not(WriteResult answer) implements Taken {}
    }
}
