package dev.parley.server.callbacks;

import dev.parley.connector.RouteKey;
import dev.parley.server.accounts.Account;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds the accounts that a callback is for. */
public interface AccountLookup {

    /**
     * The accounts of a callback URL; none when nobody has it, nearly always one. Ids may be chosen by callers, so two
     * organizations may have the same: the signature tells whose callback it is.
     */
    List<Account> find(String provider, UUID accountId);

    /** The accounts with each of these keys that share the callback secret of the URL's account. */
    Map<RouteKey, List<Account>> route(String provider, Set<RouteKey> keys, Account urlAccount);

    /** By which the callback secret of this account is compared with others'. */
    byte[] secretFingerprint(Account account);
}
