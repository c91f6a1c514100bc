package dev.parley.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a provider takes files before a message names them, and gives those that candidates sent. Like a {@link Connector} it
 * never retries and decides nothing. Stateless, safe for use by many threads at once.
 */
public interface MediaTransfer {

    /** Gives the provider a file. Nothing of this reaches the candidate, so it may be repeated. Never throws. */
    Uploaded upload(Upload upload, Outbound outbound);

    /**
     * Gets the file of a candidate's message in as many steps as the provider asks for. Never throws.
     *
     * @param sink takes the bytes; opened at most once
     */
    Fetched fetch(Fetch fetch, Outbound outbound, Outbound.Sink sink);

    /**
     * A file to give.
     *
     * @param fileName for the provider's form, plain ASCII
     * @param sha256 of the bytes, in lower-case hexadecimal
     * @param deadline for the whole of it
     */
    record Upload(
            MediaKind kind,
            String mimeType,
            String fileName,
            String sha256,
            ByteSource bytes,
            AccountSettings account,
            Duration deadline) {}

    /**
     * A file to get.
     *
     * @param providerId the provider's id of the file
     * @param deadline for all steps together
     */
    record Fetch(String providerId, AccountSettings account, Duration deadline) {}

    /** What came of an upload. */
    sealed interface Uploaded {

        /**
         * The provider has it.
         *
         * @param providerId names it in messages
         * @param lifetime how long it can
         */
        record Done(String providerId, Duration lifetime) implements Uploaded {}

        /** The provider said no, with its own error. */
        record Refused(ProviderError error) implements Uploaded {}

        /**
         * It may work later.
         *
         * @param reason a short phrase without personal data
         */
        record Failed(String reason) implements Uploaded {}
    }

    /** What came of a fetch. */
    sealed interface Fetched {

        /**
         * All bytes went into the sink.
         *
         * @param sha256 what the provider says that they are, in lower-case hexadecimal; null when it does not say
         * @param mimeType what the provider says; null when it does not
         */
        record Done(@Nullable String sha256, @Nullable String mimeType) implements Fetched {}

        /** It is larger than the sink takes, and will be. */
        record TooLarge() implements Fetched {}

        /**
         * It may work later.
         *
         * @param reason a short phrase without personal data
         */
        record Failed(String reason) implements Fetched {}
    }
}
