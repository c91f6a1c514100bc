package dev.parley.server.callbacks;

import dev.parley.connector.Connector;
import dev.parley.connector.ProviderUpdate;
import dev.parley.server.callbacks.PendingStore.Row;
import dev.parley.server.erasure.FingerprintStore;
import dev.parley.server.erasure.NamedBy;
import dev.parley.server.threads.ThreadIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Gives a candidate's thread the addresses that the candidate has from now on. Safe for use by many threads at once. */
public final class RenameApplication {

    /** A change of addresses and the row it came in. */
    record Item(Row row, ProviderUpdate.Renamed update) {}

    private final Map<String, Connector> connectors;
    private final ThreadIdentity identity;
    private final FingerprintStore fingerprints;

    /**
     * @param connectors by provider
     * @param fingerprints of persons that were erased
     */
    public RenameApplication(
            Map<String, Connector> connectors, ThreadIdentity identity, FingerprintStore fingerprints) {
        this.connectors = Map.copyOf(connectors);
        this.identity = identity;
        this.fingerprints = fingerprints;
    }

    void run(Connection connection, Item item) throws SQLException {
        ProviderUpdate.Renamed update = item.update();
        List<NamedBy> names = Stream.of(update.former(), update.known(), update.current())
                .flatMap(List::stream)
                .map(address ->
                        new NamedBy(item.row().organizationId(), item.row().id(), address.value()))
                .distinct()
                .toList();
        if (fingerprints.receivedBefore(connection, names).isEmpty()) {
            Connector connector =
                    Objects.requireNonNull(connectors.get(item.row().provider()));
            identity.renamed(connection, item.row().organizationId(), connector.channel(), update);
        }
    }
}
