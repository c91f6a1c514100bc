package dev.parley.connector;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one update of a provider says. */
public sealed interface ProviderUpdate {

    /**
     * How far a message that we sent has come.
     *
     * @param reference our own reference, where the update carries it
     * @param providerMessageId the provider's id, where the update carries it
     * @param status how far
     * @param at the provider's time
     * @param addresses how the provider names the candidate
     * @param error why it failed; null unless {@code status} is FAILED
     */
    record Status(
            @Nullable String reference,
            @Nullable String providerMessageId,
            Reported status,
            Instant at,
            List<Address> addresses,
            @Nullable ProviderError error)
            implements ProviderUpdate {}

    /** How far a provider can say that a message has come. */
    enum Reported {
        SENT,
        DELIVERED,
        READ,
        FAILED
    }

    /**
     * A candidate wrote.
     *
     * @param providerMessageId unique within the account
     * @param at the provider's time of the message
     * @param from every address that the update gives of the candidate, not empty
     * @param content what was written
     * @param contextId the provider's id of the message that it answers; null when it answers none
     */
    record Inbound(
            String providerMessageId,
            Instant at,
            List<Address> from,
            InboundContent content,
            @Nullable String contextId)
            implements ProviderUpdate {}

    /**
     * A candidate wrote a message of theirs anew.
     *
     * @param providerMessageId of the edit itself, unique within the account
     * @param at the provider's time of the edit
     * @param from every address that the update gives of the candidate, not empty
     * @param originalId the provider's id of the message
     * @param content what it says from now on
     */
    record Edited(String providerMessageId, Instant at, List<Address> from, String originalId, InboundContent content)
            implements ProviderUpdate {}

    /**
     * A candidate took a message of theirs back.
     *
     * @param providerMessageId of the taking back itself, unique within the account
     * @param at the provider's time of it
     * @param from every address that the update gives of the candidate, not empty
     * @param originalId the provider's id of the message
     */
    record Revoked(String providerMessageId, Instant at, List<Address> from, String originalId)
            implements ProviderUpdate {}

    /**
     * A candidate goes by other addresses from now on. It is no message and opens no window.
     *
     * @param at the provider's time of the change
     * @param former the addresses that name somebody else, or nobody, from then on
     * @param known further addresses by which the candidate is and stays known; may be empty
     * @param current the new addresses, not empty
     */
    record Renamed(Instant at, List<Address> former, List<Address> known, List<Address> current)
            implements ProviderUpdate {}

    /**
     * A template changed at the provider.
     *
     * @param providerId the provider's id of it
     * @param name lower case
     * @param language such as {@code en} or {@code en_US}
     * @param at the provider's time
     */
    record Template(String providerId, String name, String language, Instant at, TemplateChange change)
            implements ProviderUpdate {}

    /**
     * Something that is understood and of no consequence for a message, for example an account's notice.
     *
     * @param kind what it is, for counting; a fixed word
     */
    record Notice(String kind) implements ProviderUpdate {}

    /**
     * Something that is not understood; kept raw for a while.
     *
     * @param reason a fixed phrase
     */
    record Unknown(String reason) implements ProviderUpdate {}
}
