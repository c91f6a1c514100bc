package dev.parley.server.templates;

import dev.parley.connector.ProviderError;
import dev.parley.connector.ProviderTemplate;
import dev.parley.connector.TemplateProvider.Created;
import dev.parley.connector.TemplateProvider.Deleted;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.jsonapi.Precondition;
import dev.parley.server.templates.Template.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes and deletes templates. The row is there before the provider is called, so that what a crash or a lost answer leaves behind
 * is a row that nobody is shown, and that the synchronisation takes up or removes. Safe for use by many threads at once.
 */
final class TemplateService {

    private final Database database;
    private final AccountReader reader;
    private final ProviderTemplates providers;
    private final TemplateMemory memory;
    private final InstantSource clock;

    TemplateService(
            Database database,
            AccountReader reader,
            ProviderTemplates providers,
            TemplateMemory memory,
            InstantSource clock) {
        this.database = database;
        this.reader = reader;
        this.providers = providers;
        this.memory = memory;
        this.clock = clock;
    }

    /** @param wanted makes the template of its owner and the time */
    TemplateOutcome create(UUID organization, Wanted wanted) {
        List<Account> accounts = accounts(organization);
        if (accounts.isEmpty()) {
            return new TemplateOutcome.NoAccount();
        }
        Account account = accounts.getFirst();
        Template submitted = wanted.of(ProviderTemplates.owner(account), now());
        Optional<TemplateOutcome> taken = database.transact(connection -> reserve(connection, submitted));
        return taken.orElseGet(() -> handIn(account, submitted));
    }

    private TemplateOutcome handIn(Account account, Template submitted) {
        return switch (providers.create(account, submitted)) {
            case Created.Submitted answer ->
                settle(submitted, one -> one.taken(answer.providerId(), answer.status(), answer.category(), now()));
            case Created.Refused(ProviderError error) -> {
                release(submitted);
                yield new TemplateOutcome.Refused(error);
            }
            case Created.Exists(ProviderError error) -> {
                // It is one that was made elsewhere, or the first try of somebody whose answer was lost.
                release(submitted);
                memory.refresh(account);
                yield new TemplateOutcome.NameTaken(null, error);
            }
            case Created.NotSent notSent -> {
                release(submitted);
                yield new TemplateOutcome.NotReached();
            }
            case Created.Unknown unknown -> lookedUp(account, submitted);
        };
    }

    /** Makes the row of a template that is to be handed in. */
    @FunctionalInterface
    interface Wanted {
        Template of(Owner owner, Instant now);
    }

    private static Optional<TemplateOutcome> reserve(Connection connection, Template submitted) throws SQLException {
        if (TemplateStore.insert(connection, submitted)) {
            return Optional.empty();
        }
        if (TemplateStore.isTaken(connection, submitted.organizationId(), submitted.id())) {
            return Optional.of(new TemplateOutcome.IdTaken());
        }
        Template other = TemplateStore.lock(
                connection, submitted.organizationId(), submitted.owner(), submitted.name(), submitted.language());
        return Optional.of(new TemplateOutcome.NameTaken(other == null || !other.known() ? null : other.id(), null));
    }

    /** The answer was lost: what is there by now is ours, as the name was free and nobody else's here. */
    private TemplateOutcome lookedUp(Account account, Template submitted) {
        ProviderTemplate found = providers.find(account, submitted.name(), submitted.language());
        return found == null
                ? new TemplateOutcome.Unknown(submitted.id())
                : settle(submitted, one -> one.as(found, now()));
    }

    /** Writes what the provider answered, unless a callback or the synchronisation came first. */
    private TemplateOutcome settle(Template submitted, Function<Template, Template> change) {
        TemplateOutcome outcome = database.transact(connection -> {
            Template now = TemplateStore.lock(connection, submitted.organizationId(), submitted.id());
            if (now == null) {
                return new TemplateOutcome.Unknown(submitted.id());
            }
            return new TemplateOutcome.Made(now.known() ? now : TemplateChanges.show(connection, change.apply(now)));
        });
        memory.forget(submitted.organizationId(), submitted.id());
        return outcome;
    }

    private void release(Template submitted) {
        database.transact(connection -> {
            Template now = TemplateStore.lock(connection, submitted.organizationId(), submitted.id());
            if (now != null && !now.known()) {
                TemplateStore.delete(connection, now);
            }
            return true;
        });
    }

    /**
     * Deletes one at its provider, then here.
     *
     * @param demanded of the state in which the deletion begins, that is, the provider is asked. What changes it meanwhile is not
     *     looked at again: the provider has deleted it by then
     */
    TemplateOutcome delete(UUID organization, UUID id, Precondition demanded) {
        List<Account> accounts = accounts(organization);
        Template template = database.call(
                        connection -> Optional.ofNullable(TemplateStore.find(connection, organization, id)))
                .orElse(null);
        if (template == null) {
            return new TemplateOutcome.Missing();
        }
        if (!demanded.holds(TemplateView.resource(template))) {
            return new TemplateOutcome.Changed();
        }
        Account account = accounts.stream()
                .filter(one -> ProviderTemplates.owner(one).equals(template.owner()))
                .findFirst()
                .orElse(null);
        // Without an account it is out of reach, and of use to nobody.
        Deleted deleted = account == null ? new Deleted.Done() : providers.delete(account, template);
        return switch (deleted) {
            case Deleted.Done() -> {
                remove(template);
                yield new TemplateOutcome.Deleted();
            }
            case Deleted.Refused(ProviderError error) -> new TemplateOutcome.Refused(error);
            case Deleted.Unknown unknown -> new TemplateOutcome.Unknown(id);
        };
    }

    private void remove(Template template) {
        database.transact(connection -> {
            Template now = TemplateStore.lock(connection, template.organizationId(), template.id());
            if (now != null) {
                TemplateStore.delete(connection, now);
                EventLog.append(connection, TemplateView.event(Event.Kind.DELETE, now, List.of()));
            }
            return true;
        });
        memory.forget(template.organizationId(), template.id());
    }

    private List<Account> accounts(UUID organization) {
        return database.call(
                connection -> TemplateAccountStore.of(connection, reader, organization, providers.providers()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
