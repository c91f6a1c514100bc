package dev.parley.connector;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connector can do about message templates, where its provider has any: texts with variables that the provider approves
 * before they may be sent. As with {@link Connector}, no call retries, and none throws for what the provider or the network does.
 * Safe for use by many threads at once.
 */
public interface TemplateProvider {

    /** Whose templates an account uses: accounts with the same owner have the same templates. One of its route keys. */
    RouteKey owner(AccountSettings account);

    /**
     * Hands one template in for approval.
     *
     * @param deadline the longest that the whole call may take
     */
    Created create(TemplateDraft draft, AccountSettings account, Outbound outbound, Duration deadline);

    /**
     * Reads one page of the owner's templates.
     *
     * @param name only templates of this name; null for all
     * @param after what the page before gave as {@link Listed.Page#next}; null for the first
     * @param deadline the longest that the whole call may take
     */
    Listed list(
            @Nullable String name,
            @Nullable String after,
            AccountSettings account,
            Outbound outbound,
            Duration deadline);

    /**
     * Deletes one template in one language.
     *
     * @param providerId the provider's id of it
     * @param deadline the longest that the whole call may take
     */
    Deleted delete(String name, String providerId, AccountSettings account, Outbound outbound, Duration deadline);

    /** What became of handing in. */
    sealed interface Created {

        /**
         * The provider took it.
         *
         * @param providerId the provider's id of it
         * @param status as the provider's answer has it
         * @param category as the provider's answer has it; null when it does not say
         */
        record Submitted(
                String providerId,
                TemplateStatus status,
                @Nullable String category) implements Created {}

        /** The provider has one of this name and language already. */
        record Exists(ProviderError error) implements Created {}

        /** The provider said no, with its own error: certainly not made. */
        record Refused(ProviderError error) implements Created {}

        /** Nothing of the request left: certainly not made. */
        record NotSent(String reason) implements Created {}

        /** No answer that can be understood came: it may have been made or not. */
        record Unknown(String reason) implements Created {}
    }

    /** What became of reading a page. */
    sealed interface Listed {

        /**
         * A page.
         *
         * @param next what the next page is asked for with; null on the last one
         */
        record Page(
                List<ProviderTemplate> templates, @Nullable String next) implements Listed {}

        /** The provider said no, with its own error. */
        record Refused(ProviderError error) implements Listed {}

        /** No answer that can be understood came. */
        record Failed(String reason) implements Listed {}
    }

    /** What became of deleting. */
    sealed interface Deleted {

        /** It is gone, or was gone already. */
        record Done() implements Deleted {}

        /** The provider said no, with its own error. */
        record Refused(ProviderError error) implements Deleted {}

        /** No answer that can be understood came: it may be gone or not. */
        record Unknown(String reason) implements Deleted {}
    }
}
