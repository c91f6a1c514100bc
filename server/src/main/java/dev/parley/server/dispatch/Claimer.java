package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.dispatch.ClaimStore.Locked;
import dev.parley.server.messages.ReferenceStore;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.db.CertainTransaction;
import dev.parley.server.platform.db.CertainTransaction.Done;
import dev.parley.server.platform.db.CertainTransaction.Ended;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.SqlFunction;
import dev.parley.server.platform.db.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims due threads of an account: decides about each head and commits lease and attempt before anything is sent. */
final class Claimer {

    /**
     * What one claim may take of an account's rate at once. With half of it as an {@linkplain Allowances allowance}, no second sees more
     * than the rate and a tenth where one node sends for the account; each further one may add half a slice.
     */
    static final Duration SLICE = Duration.ofMillis(66);

    /** A node says that it lives so often. */
    private static final Duration UNTIL_HEARD = Duration.ofSeconds(5);

    /**
     * What a claim gave.
     *
     * @param duties to be sent now
     * @param transactionId of what was committed with them; null when there are none
     * @param grant what may be sent without a claim from now on; null when nothing
     * @param more after which there may be more to do for this account; null when nothing is known of
     */
    record Claim(
            List<Duty> duties,
            @Nullable String transactionId,
            Allowances.@Nullable Grant grant,
            @Nullable Duration more) {

        /** Nothing is to be sent. */
        static Claim nothing(@Nullable Duration more) {
            return new Claim(List.of(), null, null, more);
        }
    }

    private final Database database;
    private final UUID node;
    private final AccountReader reader;
    private final Payloads payloads;
    private final DispatchSettings settings;
    private final Allowances allowances;

    Claimer(
            Database database,
            UUID node,
            AccountReader reader,
            Payloads payloads,
            DispatchSettings settings,
            Allowances allowances) {
        this.database = database;
        this.node = node;
        this.payloads = payloads;
        this.reader = reader;
        this.settings = settings;
        this.allowances = allowances;
    }

    /**
     * Claims at most {@code most} messages of an account. When the answer to the commit is lost, it is asked for as long as
     * anything could still be sent: nobody else may send what was claimed here. What is uncertain then must not be sent.
     */
    Ended<Claim> claim(AccountKey key, int most) {
        SqlFunction<Done<Claim>> work = connection -> {
            Locked locked = ClaimStore.lock(connection, reader, key);
            return locked == null ? new Done<>(busy(connection, key)) : claimLocked(connection, locked, most);
        };
        Ended<Claim> ended = new CertainTransaction<>(database, work, Claim::transactionId, settings.lease()).run();
        Allowances.Grant grant = ended.result().grant();
        if (grant != null && ended.certain()) {
            allowances.grant(grant);
        }
        return ended;
    }

    /** Another node claims for it, or it has no row yet. */
    private static Claim busy(Connection connection, AccountKey key) throws SQLException {
        AccountDispatchStore.create(connection, key);
        return Claim.nothing(Duration.ofMillis(10));
    }

    private Done<Claim> claimLocked(Connection connection, Locked locked, int most) throws SQLException {
        Account account = locked.account();
        AccountRate rate = AccountRate.of(locked, SLICE);
        boolean sends = account.connected() && !account.deleted();
        boolean parked = locked.parked();
        if (sends && parked) {
            parked = AccountDispatchStore.unpark(connection, account);
        }
        int granted = sends ? Math.min(most, rate.whole()) : most;
        if (granted == 0) {
            return new Done<>(Claim.nothing(rate.untilOne()));
        }
        long claimedAt = System.nanoTime();
        ClaimStore.Taken taken = ClaimStore.take(connection, account, granted, rate.owedToBulk(granted));
        boolean renews = sends && allowances.renews(AccountKey.of(account));
        if (taken.heads().isEmpty() && !renews) {
            return new Done<>(Claim.nothing(null));
        }
        ClaimPlan plan = new ClaimPlan(account, locked.now(), claimedAt, settings);
        heads(connection, taken, locked.now()).forEach(plan::add);
        boolean full = taken.heads().size() >= granted || plan.immediate();
        AccountRate left = rate.taken(plan.duties().size(), taken.bulk());
        Allowances.Grant grant = null;
        if (sends && !full) {
            left = left.givenBack(allowances.withdraw(AccountKey.of(account)));
            grant = grant(locked, left, plan.duties().size());
            left = left.taken(grant.tokens(), 0);
        }
        Together writes = new Together();
        plan.write(writes);
        AccountDispatchStore.update(writes, account, left, parked || plan.parks());
        List<Duty> duties = named(connection, plan.duties());
        Claim claim =
                new Claim(duties, duties.isEmpty() ? null : taken.transactionId(), grant, full ? Duration.ZERO : null);
        return new Done<>(claim, writes.end());
    }

    /** What the next messages may take, where nothing waits for the account's rate. */
    private Allowances.Grant grant(Locked locked, AccountRate left, int claimed) {
        long now = System.nanoTime();
        int tokens = allowances.wanted(AccountKey.of(locked.account()), left.whole(), claimed, now);
        return new Allowances.Grant(locked.account(), locked.version(), tokens, now + Allowances.HOLDS.toNanos());
    }

    /**
     * The heads, those whose outcome is unknown put off while this node has not reached the database lately: then {@link
     * NodeHeartbeat} has to say first whether anybody could hear evidence meanwhile.
     */
    private List<Head> heads(Connection connection, ClaimStore.Taken taken, Instant now) throws SQLException {
        boolean held = taken.heads().stream().anyMatch(Head::held);
        if (!held || NodeStore.hears(connection, node)) {
            return taken.heads();
        }
        Instant later = now.plus(UNTIL_HEARD);
        return taken.heads().stream()
                .map(head -> head.held() ? head.heldUntil(later) : head)
                .toList();
    }

    /** What the provider calls the messages that these name. */
    private List<Duty> named(Connection connection, List<Duty> duties) throws SQLException {
        List<ReferenceStore.Named> named = duties.stream()
                .flatMap(duty -> references(duty).stream()
                        .map(message -> new ReferenceStore.Named(
                                duty.account().organizationId(), duty.account().id(), message)))
                .distinct()
                .toList();
        if (named.isEmpty()) {
            return duties;
        }
        Map<UUID, String> ids = new HashMap<>();
        ReferenceStore.providerIds(connection, named).forEach((key, id) -> ids.put(key.messageId(), id));
        return duties.stream().map(duty -> duty.naming(ids)).toList();
    }

    private Set<UUID> references(Duty duty) {
        String payload = duty.message().payload();
        return payload == null ? Set.of() : payloads.references(payload);
    }
}
