package dev.parley.server.accounts;

import dev.parley.connector.RouteKey;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Finds the accounts that a provider's callback is for. On a node other than the one that changed an account, answers are up to
 * 5 seconds old when the hint of it gets lost. Safe for use by many threads at once.
 */
public final class CallbackAccounts {

    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 10_000;

    private record Url(String provider, UUID id) {}

    private record Shared(String provider, RouteKey key, String fingerprint) {}

    private final Database database;
    private final AccountReader reader;
    private final Function<String, byte[]> fingerprint;
    private final InstantSource clock;
    private final BiConsumer<UUID, UUID> others;
    private final ShortMemory<Url, List<Account>> urls;
    private final ShortMemory<Shared, List<Account>> shared;

    /**
     * @param fingerprint the keyed hash of {@link AccountSecrets}
     * @param others tells the other nodes to forget, too, after a commit that changed this account of this organization
     */
    public CallbackAccounts(
            Database database,
            AccountReader reader,
            Function<String, byte[]> fingerprint,
            InstantSource clock,
            BiConsumer<UUID, UUID> others) {
        this.database = database;
        this.reader = reader;
        this.fingerprint = fingerprint;
        this.clock = clock;
        this.others = others;
        this.urls = new ShortMemory<>(clock, LIFE, MOST_KEPT);
        this.shared = new ShortMemory<>(clock, LIFE, MOST_KEPT);
    }

    /**
     * The accounts that the callback URL with this id stands for, paused ones too. Callers choose ids of their own, so
     * two organizations may have the same one: the signature tells whose callback it is.
     *
     * @return oldest first; empty when there is none, nearly always one
     */
    public List<Account> find(String provider, UUID id) {
        Url url = new Url(provider, id);
        List<Account> known = urls.find(url);
        if (known != null) {
            return known;
        }
        Instant at = clock.instant();
        List<Account> found =
                List.copyOf(database.call(connection -> CallbackRouteStore.byUrl(connection, reader, provider, id)));
        if (!found.isEmpty()) {
            urls.keep(url, found, at);
        }
        return found;
    }

    /**
     * The accounts that updates with these keys are for: those that have the key and the same callback secret as the
     * account at whose URL the update came in, of whatever organization.
     *
     * @param urlAccount whose secret the callback was signed with
     * @return by key; a key that no such account has is not in it
     */
    public Map<RouteKey, List<Account>> route(String provider, Set<RouteKey> keys, Account urlAccount) {
        byte[] secret = secretFingerprint(urlAccount);
        String text = HexFormat.of().formatHex(secret);
        Map<RouteKey, List<Account>> routed = new HashMap<>();
        Set<RouteKey> unknown = new HashSet<>();
        for (RouteKey key : keys) {
            List<Account> known = shared.find(new Shared(provider, key, text));
            if (known == null) {
                unknown.add(key);
            } else {
                routed.put(key, known);
            }
        }
        if (!unknown.isEmpty()) {
            Instant at = clock.instant();
            database.call(connection -> CallbackRouteStore.byKeys(connection, reader, provider, unknown, secret))
                    .forEach((key, accounts) -> {
                        List<Account> found = List.copyOf(accounts);
                        shared.keep(new Shared(provider, key, text), found, at);
                        routed.put(key, found);
                    });
        }
        return routed;
    }

    /** By which the callback secret of this account is compared with others'. */
    public byte[] secretFingerprint(Account account) {
        return CallbackSecrets.fingerprint(
                fingerprint, account.connector(), account.settings(), account.organizationId(), account.id());
    }

    /** Reads everything anew, here and on the other nodes: this account has changed, and that is committed. */
    void changed(UUID organization, UUID account) {
        forget();
        others.accept(organization, account);
    }

    /** Reads everything anew: an account has changed elsewhere, or the news of it may have been missed. */
    public void forget() {
        urls.forget();
        shared.forget();
    }
}
