package dev.parley.server.callbacks;

import dev.parley.connector.Connector;
import dev.parley.connector.ProviderUpdate;
import dev.parley.server.callbacks.PendingStore.Kept;
import dev.parley.server.callbacks.PendingStore.Row;
import dev.parley.server.conversations.Arrivals;
import dev.parley.server.dispatch.AddressListener;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.erasure.ProviderMessage;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.db.Together;
import dev.parley.server.templates.TemplateApplication;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies stored updates in groups. An update that can't be applied is found by halving its group, set aside, and blocks
 * nothing; one that others are in the way of each time is found likewise, and stays for the next cycle. Any number of nodes may
 * run it at once; each cycle is one transaction, but for halves.
 */
public final class CallbackApplier {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackApplier.class);
    private static final int MOST = 500;

    private final Database database;
    private final Map<String, Connector> connectors;
    private final InboundApplication inbound;
    private final RenameApplication renaming;
    private final FingerprintStore fingerprints;
    private final Supplier<TemplateApplication> templates;
    private final StatusFollower follower;
    private final InstantSource clock;

    /**
     * @param connectors by provider
     * @param fingerprints of messages that were erased
     * @param templates gives one for each group
     */
    public CallbackApplier(
            Database database,
            Map<String, Connector> connectors,
            InboundApplication inbound,
            RenameApplication renaming,
            FingerprintStore fingerprints,
            Supplier<TemplateApplication> templates,
            AddressListener addresses,
            DutySignal duty,
            InstantSource clock) {
        this.database = database;
        this.connectors = Map.copyOf(connectors);
        this.inbound = inbound;
        this.renaming = renaming;
        this.fingerprints = fingerprints;
        this.templates = templates;
        this.follower = new StatusFollower(database, addresses, duty);
        this.clock = clock;
    }

    /** Applies one group of updates; how many it is done with. Call again at once while that is not zero. */
    public int runOneCycle() {
        List<Row> rows = new ArrayList<>();
        int stay = 0;
        try {
            Applied applied = database.transact(connection -> {
                rows.clear();
                rows.addAll(PendingStore.take(connection, 0, MOST));
                return apply(connection, rows);
            });
            follow(applied);
        } catch (DatabaseException e) {
            stay = halve(rows, reason(e));
        } catch (RuntimeException e) {
            LOG.error("updates could not be applied: {}", e.getClass().getName());
            stay = halve(rows, "it could not be applied");
        }
        return rows.size() - stay;
    }

    /** Why an update that stands alone is to be set aside; null where it is to stay, as others were in its way. */
    private static @Nullable String reason(DatabaseException e) {
        return switch (e.failure()) {
            case UNREACHABLE -> throw e;
            case REFUSED -> "the database refused it";
            case RETRY, TIMED_OUT -> null;
        };
    }

    /** How many stay. */
    private int halve(List<Row> rows, @Nullable String reason) {
        if (rows.size() > 1) {
            int middle = rows.size() / 2;
            return applyHalf(rows.subList(0, middle)) + applyHalf(rows.subList(middle, rows.size()));
        }
        if (reason == null) {
            LOG.warn("{} update waits: others were in its way each time", rows.size());
            return rows.size();
        }
        LOG.warn("{} update set aside: {}", rows.size(), reason);
        database.transact(connection -> {
            PendingStore.keep(connection, setAside(rows, reason));
            return true;
        });
        return 0;
    }

    private int applyHalf(List<Row> half) {
        try {
            follow(database.transact(connection -> apply(connection, PendingStore.take(connection, half))));
            return 0;
        } catch (DatabaseException e) {
            return halve(half, reason(e));
        } catch (RuntimeException e) {
            return halve(half, "it could not be applied");
        }
    }

    /** What a group did that is followed up once it is committed. */
    private record Applied(StatusApplication<Row> statuses, TemplateApplication templates) {}

    private Applied apply(Connection connection, List<Row> rows) throws SQLException {
        UpdateGroup group = UpdateGroup.of(rows, this::parse);
        if (group.renamed() != null) {
            renaming.run(connection, group.renamed());
            PendingStore.delete(connection, group.done());
            return new Applied(new StatusApplication<>(clock.instant()), templates.get());
        }
        // Inbound first: it locks dispatch rows, and those come before messages.
        ChangeApplication changes = new ChangeApplication(clock.instant());
        List<Kept> kept = new ArrayList<>(group.kept());
        Arrivals arrivals = new Arrivals();
        kept.addAll(inbound.run(connection, group.written(), changes, arrivals));
        kept.addAll(changes.take(connection, fingerprints, group.changing()));
        changes.write(connection);
        StatusApplication<Row> statuses = new StatusApplication<>(clock.instant());
        Together writes = new Together();
        statuses.run(connection, writes, group.reported());
        // Conversations last: whoever reads or deletes a message locks it first, too.
        arrivals.write(connection);
        TemplateApplication application = templates.get();
        application.run(connection, group.templates());
        List<Row> done = new ArrayList<>(group.done());
        done.addAll(statuses.applied());
        Stream.concat(
                        group.written().stream().map(InboundApplication.Item::row),
                        group.changing().stream().map(ChangeApplication.Item::row))
                .filter(row -> kept.stream().noneMatch(one -> one.row().equals(row)))
                .forEach(done::add);
        PendingStore.keep(connection, kept);
        PendingStore.delete(writes, done);
        writes.write(connection);
        return new Applied(statuses, application);
    }

    private ProviderUpdate parse(Row row) {
        Connector connector = connectors.get(row.provider());
        return connector == null
                ? new ProviderUpdate.Unknown("no connector for its provider")
                : connector.callbacks().parse(row.body());
    }

    /** What is done once the group is committed. */
    private void follow(Applied applied) {
        applied.templates().follow();
        StatusApplication<Row> statuses = applied.statuses();
        if (!statuses.unmatched().isEmpty()) {
            database.transact(connection -> {
                park(connection, statuses.unmatched());
                return true;
            });
        }
        follower.follow(statuses.followUp());
    }

    /**
     * A status by the provider's id alone that matches nothing: it is for a message of another system, or it came before the
     * answer that tells us the id. Under the lock that recording a result takes, what matches now stays pending for the next
     * cycle, what is about an erased message is dropped, and the rest is parked.
     */
    private void park(Connection connection, List<StatusApplication.Item<Row>> unmatched) throws SQLException {
        StatusStore.lockParking(
                connection,
                unmatched.stream().map(StatusApplication.Item::accountId).toList());
        Map<Integer, StatusStore.Matched> matched = StatusStore.match(
                        connection,
                        unmatched.stream().map(StatusApplication::named).toList())
                .matched();
        Set<ProviderMessage> erased = fingerprints.erased(
                connection,
                unmatched.stream()
                        .map(StatusApplication.Item::key)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        List<Kept> parked = new ArrayList<>();
        List<Row> dropped = new ArrayList<>();
        for (int i = 0; i < unmatched.size(); i++) {
            StatusApplication.Item<Row> item = unmatched.get(i);
            if (erased.contains(item.key())) {
                dropped.add(item.source());
            } else if (!matched.containsKey(i)) {
                parked.add(
                        new Kept(item.source(), "parked", item.status().providerMessageId(), "matches no message yet"));
            }
        }
        PendingStore.keep(connection, parked);
        PendingStore.delete(connection, dropped);
    }

    private static List<Kept> setAside(List<Row> rows, String reason) {
        return rows.stream()
                .map(row -> new Kept(row, "set_aside", null, reason))
                .toList();
    }
}
