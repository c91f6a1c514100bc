package dev.parley.server.callbacks;

import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RawUpdate;
import dev.parley.connector.RouteKey;
import dev.parley.server.accounts.Account;
import dev.parley.server.callbacks.StoredUpdate.Unrouted;
import dev.parley.server.dispatch.AddressListener;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.GroupWriter;
import dev.parley.server.platform.db.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes callbacks in: verified over the raw bytes, split into one row per update, applied or stored, and only then answered. Safe for
 * use by many threads at once; {@link #take} blocks until its group is committed.
 */
public final class CallbackIntake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackIntake.class);

    /** Providers wait for seconds; what they send within this is taken in together. */
    private static final Duration PACE = Duration.ofMillis(20);

    private final AccountLookup accounts;
    private final GroupWriter<List<StoredUpdate>, IntakeOutcome> writer;
    private final StatusFollower follower;
    private final Runnable stored;
    private final InstantSource clock;

    /** What became of a callback. */
    public enum Taken {
        /** What it says is applied, or stored to be; answer 200. */
        STORED,
        /** Nobody has that URL; answer 404. */
        NO_ACCOUNT,
        /** Not signed with the account's secret; answer 401, nothing is stored. */
        NOT_AUTHENTIC,
        /** It could not be stored now; answer 503, the provider will come again. */
        BUSY
    }

    /**
     * @param addresses is told of what statuses tell of addresses
     * @param stored is run when there are updates to apply
     */
    public CallbackIntake(
            Database database,
            AccountLookup accounts,
            GroupLimits limits,
            AddressListener addresses,
            DutySignal duty,
            Runnable stored,
            InstantSource clock) {
        this.accounts = accounts;
        this.follower = new StatusFollower(database, addresses, duty);
        this.stored = stored;
        this.clock = clock;
        this.writer = new GroupWriter<>(
                "callback-writer", database, limits, callback -> List.of(), new IntakeStatement(clock), PACE);
    }

    /** The answer to the provider's question whether the URL is ours; null when it is not, or the question is wrong. */
    public @Nullable String answerChallenge(String provider, UUID accountId, Map<String, String> query) {
        for (Account account : accounts.find(provider, accountId)) {
            String answer = account.connector().callbacks().answerChallenge(account.settings(), query);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /**
     * Takes one callback.
     *
     * @param headers names in lower case
     */
    public Taken take(String provider, UUID accountId, Map<String, String> headers, byte[] body) {
        List<Account> named = accounts.find(provider, accountId);
        if (named.isEmpty()) {
            return Taken.NO_ACCOUNT;
        }
        for (Account account : named) {
            CallbackReceiver receiver = account.connector().callbacks();
            if (receiver.isAuthentic(account.settings(), headers, body)) {
                return store(account, receiver.split(body));
            }
        }
        return Taken.NOT_AUTHENTIC;
    }

    /** How many callbacks wait for their group. */
    public int queued() {
        return writer.queued();
    }

    private Taken store(Account account, List<RawUpdate> raw) {
        List<StoredUpdate> updates = route(account, raw);
        int bytes = updates.stream().mapToInt(update -> update.body().length()).sum();
        if (updates.isEmpty()) {
            return Taken.STORED;
        }
        Written<IntakeOutcome> written = writer.write(account.organizationId(), bytes, updates);
        if (written instanceof Written.Refused && updates.stream().anyMatch(update -> update.status() != null)) {
            // One of them can't be applied. Stored, it is found, and set aside.
            List<StoredUpdate> later =
                    updates.stream().map(StoredUpdate::forLater).toList();
            written = writer.write(account.organizationId(), bytes, later);
        }
        return switch (written) {
            case Written.Done<IntakeOutcome>(IntakeOutcome outcome) -> {
                follow(outcome);
                yield Taken.STORED;
            }
            case Written.OrganizationFull<IntakeOutcome> full -> Taken.BUSY;
            case Written.Overloaded<IntakeOutcome> overloaded -> Taken.BUSY;
            case Written.Unreachable<IntakeOutcome> unreachable -> Taken.BUSY;
            case Written.Refused<IntakeOutcome> refused -> Taken.BUSY;
            case Written.Unknown<IntakeOutcome> unknown -> Taken.BUSY;
        };
    }

    private void follow(IntakeOutcome outcome) {
        if (outcome.left()) {
            stored.run();
        }
        try {
            follower.follow(outcome.followUp());
        } catch (DatabaseException e) {
            // What was released is found when its time has come, as it would have been without the status.
            LOG.warn("could not follow a status: {}", e.getMessage());
        }
    }

    private List<StoredUpdate> route(Account urlAccount, List<RawUpdate> raw) {
        Set<RouteKey> keys = new HashSet<>();
        for (RawUpdate update : raw) {
            if (update.route() != null) {
                keys.add(update.route());
            }
        }
        Map<RouteKey, List<Account>> routes =
                accounts.route(urlAccount.connector().provider(), keys, urlAccount);
        Instant now = clock.instant();
        List<StoredUpdate> updates = new ArrayList<>(raw.size());
        for (RawUpdate update : raw) {
            RouteKey key = update.route();
            List<Account> to =
                    key == null || isOwn(urlAccount, key) ? List.of(urlAccount) : routes.getOrDefault(key, List.of());
            if (key != null && to.isEmpty()) {
                Unrouted unrouted = new Unrouted(key, accounts.secretFingerprint(urlAccount));
                updates.add(stored(urlAccount, update, unrouted, now));
            }
            to.forEach(account -> updates.add(stored(account, update, null, now)));
        }
        return updates;
    }

    /** Its secret may be another one by now than that which this node went by. */
    private static boolean isOwn(Account urlAccount, RouteKey key) {
        return urlAccount.connector().routeKeys(urlAccount.settings()).stream()
                .limit(1)
                .anyMatch(key::equals);
    }

    private static StoredUpdate stored(Account account, RawUpdate update, @Nullable Unrouted unrouted, Instant now) {
        // PostgreSQL's texts hold no NUL.
        String body = update.json().replace('\0', ' ');
        return new StoredUpdate(
                account.organizationId(),
                account.id(),
                account.connector().provider(),
                body,
                unrouted == null ? status(account, body) : null,
                unrouted == null ? null : "no account of this secret has the key it names",
                unrouted,
                now);
    }

    private static ProviderUpdate.@Nullable Status status(Account account, String body) {
        return account.connector().callbacks().parse(body) instanceof ProviderUpdate.Status status ? status : null;
    }

    @Override
    public void close() {
        writer.close();
    }
}
