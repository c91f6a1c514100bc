package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;
import java.util.UUID;

/** Names a channel account. */
public record AccountKey(UUID organizationId, UUID accountId) {

    static AccountKey of(Account account) {
        return new AccountKey(account.organizationId(), account.id());
    }
}
