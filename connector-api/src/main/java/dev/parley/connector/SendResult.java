package dev.parley.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
public sealed interface SendResult {

    /**
     * The provider said yes.
     *
     * @param providerMessageId the provider's id of the message
     * @param addresses how the provider names the candidate, as far as its answer said; may differ from what was sent to
     * @param held whether the provider keeps it back for now (it is accepted, but not yet sent)
     */
    record Accepted(String providerMessageId, List<Address> addresses, boolean held) implements SendResult {}

    /**
     * The provider said no, with its own error: certainly not sent.
     *
     * @param error what it said
     */
    record Refused(ProviderError error) implements SendResult {}

    /**
     * Nothing of the request left: certainly not sent.
     *
     * @param reason a short phrase without personal data
     */
    record NotSent(String reason) implements SendResult {}

    /**
     * The request, or a part of it, left and no answer that can be understood came: it may have been sent or not.
     *
     * @param reason a short phrase without personal data
     * @param httpStatus of the answer, where one came
     */
    record Unknown(String reason, @Nullable Integer httpStatus) implements SendResult {}
}
