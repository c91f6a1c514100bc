package dev.parley.server.dispatch;

import dev.parley.connector.Content;
import dev.parley.connector.ProviderError;
import dev.parley.server.accounts.Account;
import dev.parley.server.messages.MessageError;
import org.jspecify.annotations.Nullable;

/** What must still hold of some contents directly before they are sent. Safe for use by many threads at once. */
public interface LastCheck {

    /** Why it can't be sent any more; null when it can. Called for each attempt: quick where there is nothing to check. */
    @Nullable
    MessageError problem(Account account, Content content);

    /** The provider refused it. */
    default void refused(Account account, Content content, ProviderError error) {}
}
