package dev.parley.server.templates;

import dev.parley.connector.ProviderTemplate;
import dev.parley.connector.TemplateStatus;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.templates.Template.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes our templates what the providers have: brings those made elsewhere, corrects those that changed, and notices deleted ones.
 * What changed here while the provider was read is left alone until the next time, so any number of nodes may run it at once.
 */
public final class TemplateSync {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateSync.class);
    private static final int AT_ONCE = 8;
    private static final int CHUNK = 100;

    /** A list may not show what was made a moment ago; and a request that makes one may still be under way. */
    private static final Duration NEW = Duration.ofMinutes(2);

    private final Database database;
    private final AccountReader reader;
    private final ProviderTemplates providers;
    private final TemplateMemory memory;
    private final Ids ids;
    private final InstantSource clock;

    private record Place(UUID organization, Owner owner) {}

    public TemplateSync(
            Database database,
            AccountReader reader,
            ProviderTemplates providers,
            TemplateMemory memory,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.reader = reader;
        this.providers = providers;
        this.memory = memory;
        this.ids = ids;
        this.clock = clock;
    }

    /** Reads the templates of all accounts; how many changed here. */
    public int runOneCycle() throws InterruptedException {
        List<Account> accounts =
                database.call(connection -> TemplateAccountStore.all(connection, reader, providers.providers()));
        return synchronise(accounts) + removeOrphans();
    }

    private int removeOrphans() {
        int changed = 0;
        for (TemplateAccountStore.Orphan orphan : database.call(TemplateAccountStore::orphans)) {
            changed += apply(new Place(orphan.organizationId(), orphan.owner()), List.of(), Instant.MAX);
        }
        return changed;
    }

    /** Reads those of accounts that something was heard of; always 0: whoever wants more says so. */
    public int runWanted() throws InterruptedException {
        List<Account> accounts = new ArrayList<>();
        memory.takeWanted()
                .forEach((organization, wanted) -> database
                        .call(connection ->
                                TemplateAccountStore.of(connection, reader, organization, providers.providers()))
                        .stream()
                        .filter(account -> wanted.contains(account.id()))
                        .forEach(accounts::add));
        synchronise(accounts);
        removeOrphans();
        return 0;
    }

    private int synchronise(List<Account> accounts) throws InterruptedException {
        Map<Place, List<Account>> places = new LinkedHashMap<>();
        for (Account account : accounts) {
            Place place = new Place(account.organizationId(), ProviderTemplates.owner(account));
            places.computeIfAbsent(place, added -> new ArrayList<>()).add(account);
        }
        Semaphore permits = new Semaphore(AT_ONCE);
        int changed = 0;
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            for (Map.Entry<Place, List<Account>> place : places.entrySet()) {
                permits.acquire();
                running.add(workers.submit(() -> {
                    try {
                        return synchronise(place.getKey(), place.getValue());
                    } finally {
                        permits.release();
                    }
                }));
            }
            for (Future<Integer> one : running) {
                changed += result(one);
            }
        }
        return changed;
    }

    private static int result(Future<Integer> one) throws InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException e) {
            LOG.warn(
                    "templates of an account could not be synchronised: {}",
                    e.getCause() == null ? "" : e.getCause().getClass().getName());
            return 0;
        }
    }

    private int synchronise(Place place, List<Account> accounts) {
        Instant before = now();
        Map<UUID, Template> known = known(place);
        for (Account account : accounts) {
            List<ProviderTemplate> found = providers.all(account);
            if (found != null) {
                return apply(place, found, before, known);
            }
        }
        LOG.info(
                "templates of account {} could not be read; the next time may do",
                accounts.getFirst().id());
        return 0;
    }

    private int apply(Place place, List<ProviderTemplate> found, Instant before) {
        return apply(place, found, before, known(place));
    }

    /** @param known the rows as they stood before the provider was asked */
    private int apply(Place place, List<ProviderTemplate> found, Instant before, Map<UUID, Template> known) {
        Map<String, Template> byProviderId = new HashMap<>();
        Map<String, Template> byName = new HashMap<>();
        for (Template template : known.values()) {
            byName.put(template.name() + " " + template.language(), template);
            if (template.providerId() != null) {
                byProviderId.put(template.providerId(), template);
            }
        }
        Map<UUID, Template> missing = new LinkedHashMap<>(known);
        List<Step> steps = new ArrayList<>();
        for (ProviderTemplate one : found) {
            Template row = byProviderId.getOrDefault(one.providerId(), byName.get(one.name() + " " + one.language()));
            if (one.status() == TemplateStatus.DELETED) {
                continue;
            }
            if (row != null) {
                missing.remove(row.id());
            }
            steps.add(new Step(row, one));
        }
        missing.values().stream()
                .filter(row -> since(row).isBefore(before.equals(Instant.MAX) ? before : before.minus(NEW)))
                .forEach(row -> steps.add(new Step(row, null)));
        int changed = 0;
        for (int i = 0; i < steps.size(); i += CHUNK) {
            changed += write(place, steps.subList(i, Math.min(steps.size(), i + CHUNK)));
        }
        return changed;
    }

    /** @param found as the provider has it; null when it has it no more */
    private record Step(@Nullable Template row, @Nullable ProviderTemplate found) {}

    private static Instant since(Template row) {
        return row.submittedAt() == null ? row.createdAt() : row.submittedAt();
    }

    private int write(Place place, List<Step> steps) {
        List<UUID> changed = new ArrayList<>();
        database.transact(connection -> {
            changed.clear();
            for (Step step : steps) {
                UUID one = TemplateSyncStore.write(
                        connection, place.organization(), place.owner(), step.row(), step.found(), ids, now());
                if (one != null) {
                    changed.add(one);
                }
            }
            return true;
        });
        changed.forEach(id -> memory.forget(place.organization(), id));
        return changed.size();
    }

    private Map<UUID, Template> known(Place place) {
        Map<UUID, Template> known = new LinkedHashMap<>();
        database.call(connection -> TemplateStore.of(connection, place.organization(), place.owner()))
                .forEach(template -> known.put(template.id(), template));
        return known;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
