package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which address belongs to which thread. */
final class AddressStore {

    private static final String OWNERS = """
            select a.organization_id, a.channel, a.kind, a.value, a.thread_id, t.created_at, a.former_at, a.since
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) as i (organization_id, channel, kind, value)
            join thread_addresses a on a.organization_id = i.organization_id and a.channel = i.channel and a.kind = i.kind
                 and a.value = i.value
            join threads t on t.organization_id = a.organization_id and t.id = a.thread_id
            """;

    private static final String CLAIM = """
            insert into thread_addresses (organization_id, channel, kind, value, thread_id)
            select i.organization_id, i.channel, i.kind, i.value, i.thread_id
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[]) with ordinality
                 as i (organization_id, channel, kind, value, thread_id, ord)
            order by i.ord
            on conflict (organization_id, channel, kind, value) do update
                set thread_id = excluded.thread_id, since = thread_addresses.former_at, former_at = null
                where thread_addresses.former_at is not null
            """;

    private static final String LEAVE = """
            update thread_addresses a set former_at = ?
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::text[]) as channel, unnest(?::text[]) as kind,
                       unnest(?::text[]) as value, unnest(?::uuid[]) as thread_id
            ) i
            where a.organization_id = i.organization_id and a.channel = i.channel and a.kind = i.kind and a.value = i.value
              and a.thread_id = i.thread_id and a.former_at is null
            """;

    /**
     * A thread that owns an address.
     *
     * @param formerAt since when the address names the thread's person no longer; null when it does
     * @param since until when another thread had the address; null when none had
     */
    record Owner(
            UUID threadId,
            OffsetDateTime createdAt,
            @Nullable Instant formerAt,
            @Nullable Instant since) implements Comparable<Owner> {
        /** The older first. */
        @Override
        public int compareTo(Owner other) {
            int byAge = createdAt.compareTo(other.createdAt);
            return byAge == 0 ? threadId.compareTo(other.threadId) : byAge;
        }
    }

    /** An address that a thread is to own. */
    record Claim(OwnedAddress address, UUID threadId) {}

    private AddressStore() {}

    /** The owners of those addresses that have one. */
    static Map<OwnedAddress, Owner> owners(Connection connection, Collection<OwnedAddress> addresses)
            throws SQLException {
        List<OwnedAddress> wanted = List.copyOf(addresses);
        Map<OwnedAddress, Owner> owners = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(OWNERS)) {
            new Arrays(statement)
                    .uuids(wanted, OwnedAddress::organizationId)
                    .texts(wanted, OwnedAddress::channel)
                    .texts(wanted, OwnedAddress::kind)
                    .texts(wanted, OwnedAddress::value);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    owners.put(
                            new OwnedAddress(
                                    row.getObject("organization_id", UUID.class),
                                    row.getString("channel"),
                                    row.getString("kind"),
                                    row.getString("value")),
                            new Owner(
                                    row.getObject("thread_id", UUID.class),
                                    row.getObject("created_at", OffsetDateTime.class),
                                    time(row, "former_at"),
                                    time(row, "since")));
                }
            }
        }
        return owners;
    }

    /** From a moment on these addresses name the persons of their threads no longer. */
    static void leave(Connection connection, List<Claim> addresses, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            new Arrays(statement)
                    .value(at.atOffset(ZoneOffset.UTC))
                    .uuids(addresses, claim -> claim.address().organizationId())
                    .texts(addresses, claim -> claim.address().channel())
                    .texts(addresses, claim -> claim.address().kind())
                    .texts(addresses, claim -> claim.address().value())
                    .uuids(addresses, Claim::threadId);
            statement.executeUpdate();
        }
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Gives threads their addresses; how many were free, or named somebody formerly alone. Waits for another transaction that gives one of them away. */
    static int claim(Connection connection, List<Claim> claims) throws SQLException {
        if (claims.isEmpty()) {
            return 0;
        }
        List<Claim> sorted = new ArrayList<>(claims);
        sorted.sort((a, b) -> OwnedAddress.ORDER.compare(a.address(), b.address()));
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            new Arrays(statement)
                    .uuids(sorted, claim -> claim.address().organizationId())
                    .texts(sorted, claim -> claim.address().channel())
                    .texts(sorted, claim -> claim.address().kind())
                    .texts(sorted, claim -> claim.address().value())
                    .uuids(sorted, Claim::threadId);
            return statement.executeUpdate();
        }
    }

    /** All addresses of a thread. */
    static List<Address> of(Connection connection, ThreadKey thread) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select kind, value from thread_addresses where organization_id = ? and thread_id = ?")) {
            statement.setObject(1, thread.organizationId());
            statement.setObject(2, thread.threadId());
            List<Address> addresses = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    addresses.add(new Address(row.getString(1), row.getString(2)));
                }
            }
            return addresses;
        }
    }

    /** An address of this kind that names the thread's person still; null when none does. */
    static @Nullable String inForce(Connection connection, ThreadKey thread, String kind) throws SQLException {
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement("select value from thread_addresses where organization_id = ?"
                                + " and thread_id = ? and kind = ? and former_at is null order by value limit 1"),
                        thread.organizationId(),
                        thread.threadId(),
                        kind);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Takes a thread's addresses and windows from it: from now on it is nobody's. */
    static void release(Connection connection, ThreadKey thread) throws SQLException {
        for (String table : List.of("thread_addresses", "thread_windows", "read_receipts")) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "delete from " + table + " where organization_id = ? and thread_id = ?")) {
                statement.setObject(1, thread.organizationId());
                statement.setObject(2, thread.threadId());
                statement.executeUpdate();
            }
        }
    }
}
