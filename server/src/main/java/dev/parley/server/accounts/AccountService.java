package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.Resource;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an organization's channel accounts: each change is one transaction with its events and callback routes. Those who
 * add or change accounts of one organization take turns. Safe for use by many threads at once.
 */
public final class AccountService {

    private final Database database;
    private final Map<String, Connector> connectors;
    private final CallbackRouting routes;
    private final AccountStore store;
    private final AccountView view;
    private final InstantSource clock;
    private final CallbackAccounts callbacks;
    private final AccountReferences references;
    private final BiConsumer<UUID, UUID> changed;

    /**
     * @param connectors one a provider
     * @param publicUrl by which the providers reach this server, without a slash at the end
     * @param callbacks made anew after a change
     * @param references let go of a removed account
     * @param changed is told organization and account after a commit that may let waiting messages go or fail
     */
    public AccountService(
            Database database,
            List<Connector> connectors,
            AccountSecrets secrets,
            Supplier<String> publicUrl,
            InstantSource clock,
            CallbackAccounts callbacks,
            AccountReferences references,
            BiConsumer<UUID, UUID> changed) {
        this.database = database;
        this.connectors = connectors.stream().collect(Collectors.toUnmodifiableMap(Connector::provider, c -> c));
        this.routes = new CallbackRouting(this.connectors, secrets.fingerprint());
        this.store = new AccountStore(this.connectors, secrets);
        this.view = new AccountView(this.connectors, publicUrl);
        this.clock = clock;
        this.callbacks = callbacks;
        this.references = references;
        this.changed = changed;
    }

    /**
     * Pauses an account that is connected; another one, or one that is gone, stays as it is.
     *
     * @param reason a sentence for people, shown as {@code statusReason}
     */
    public void pause(UUID organization, UUID account, String reason) {
        boolean paused = database.transact(connection -> {
            AccountRow row = store.lock(connection, organization, account);
            if (row == null || !row.state().connected()) {
                return false;
            }
            save(connection, row, row.state().paused(reason), now());
            return true;
        });
        if (paused) {
            callbacks.changed(organization, account);
        }
    }

    Map<String, Connector> connectors() {
        return connectors;
    }

    Resource show(AccountRow row) {
        return view.resource(row);
    }

    Page page(UUID organization, ResourceType type, ListQuery query) {
        return database.call(connection -> store.page(connection, organization, type, query, view::resource));
    }

    Optional<AccountRow> find(UUID organization, UUID id) {
        return database.call(connection -> Optional.ofNullable(store.find(connection, organization, id)));
    }

    /**
     * Adds an account.
     *
     * @param wanted of a new account; its {@code isDefault} is used where {@code isDefault} is not null
     * @param isDefault null for the usual: the first of a channel is its default
     */
    AccountOutcome create(AccountIdentity identity, AccountState wanted, @Nullable Boolean isDefault) {
        UUID organization = identity.organizationId();
        AccountOutcome outcome = database.transact(connection -> {
            AccountStore.lockAll(connection, organization);
            if (AccountStore.isTaken(connection, organization, identity.id())) {
                return new AccountOutcome.IdTaken();
            }
            AccountOutcome exists = routes.write(connection, identity, wanted);
            if (exists != null) {
                return exists;
            }
            boolean first = !AccountStore.hasChannel(connection, organization, identity.channel());
            AccountState state = isDefault == null && !first ? wanted.withoutDefault() : wanted;
            Instant at = now();
            if (state.isDefault()) {
                takeDefault(connection, identity, at);
            }
            AccountRow row = new AccountRow(identity, state, 1, at, at);
            store.insert(connection, row);
            EventLog.append(connection, view.event(Event.Kind.CREATE, row, List.of()));
            return new AccountOutcome.Saved(row);
        });
        database.afterwards(() -> callbacks.changed(organization, identity.id()));
        return outcome;
    }

    /** Changes an account; what is so already writes nothing. */
    AccountOutcome update(UUID organization, UUID id, AccountEdit edit) {
        List<String> fields = new ArrayList<>();
        AccountOutcome outcome = database.transact(connection -> {
            fields.clear();
            AccountStore.lockAll(connection, organization);
            AccountRow row = store.lock(connection, organization, id);
            if (row == null) {
                return new AccountOutcome.Missing();
            }
            AccountState next = row.state().with(edit);
            fields.addAll(row.state().differences(next));
            AccountOutcome exists = fields.contains("settings") ? routes.write(connection, row.identity(), next) : null;
            if (exists != null) {
                return exists;
            }
            Instant at = now();
            if (next.isDefault() && !row.state().isDefault()) {
                takeDefault(connection, row.identity(), at);
            }
            return new AccountOutcome.Saved(fields.isEmpty() ? row : save(connection, row, next, at));
        });
        database.afterwards(() -> callbacks.changed(organization, id));
        boolean saved = outcome instanceof AccountOutcome.Saved;
        if (saved
                && fields.stream().anyMatch(List.of("status", "messagesPerSecond", "inDoubt", "settings")::contains)) {
            database.afterwards(() -> changed.accept(organization, id));
        }
        return outcome;
    }

    /** Removes an account; false when there is none. */
    boolean delete(UUID organization, UUID id) {
        boolean deleted = database.transact(connection -> {
            AccountStore.lockAll(connection, organization);
            AccountRow row = store.lock(connection, organization, id);
            if (row == null) {
                return false;
            }
            Instant at = now();
            store.delete(connection, organization, id, at);
            CallbackRouteStore.remove(connection, organization, id);
            references.release(connection, organization, id, at);
            EventLog.append(connection, view.event(Event.Kind.DELETE, row.changed(row.state(), at), List.of()));
            return true;
        });
        database.afterwards(() -> callbacks.changed(organization, id));
        if (deleted) {
            database.afterwards(() -> changed.accept(organization, id));
        }
        return deleted;
    }

    private AccountRow save(Connection connection, AccountRow row, AccountState next, Instant at) throws SQLException {
        AccountRow saved = row.changed(next, at);
        store.update(connection, saved);
        List<String> fields = row.state().differences(next);
        EventLog.append(connection, view.event(Event.Kind.UPDATE, saved, fields));
        return saved;
    }

    /** Takes the default of the channel from the account that has it. */
    private void takeDefault(Connection connection, AccountIdentity identity, Instant at) throws SQLException {
        AccountRow other = store.lockDefault(connection, identity.organizationId(), identity.channel());
        if (other != null) {
            save(connection, other, other.state().withoutDefault(), at);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
