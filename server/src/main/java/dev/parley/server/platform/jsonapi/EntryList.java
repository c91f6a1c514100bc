package dev.parley.server.platform.jsonapi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a list by entries is read. As a rule the {@link EntryTable} leads: its rows are met in the list's order, one by one, until a
 * page is full or enough are counted. Only where a filter with an index of its own is given, and many rows have the entry, does that
 * filter lead.
 *
 * @param rows finds the page
 * @param counted counts: entries alone, where nothing else is asked
 * @param query what is asked of them
 */
record EntryList(ListSql rows, ListSql counted, ListQuery query) {

    /** So many are looked through whatever else is asked. */
    private static final int FEW = 1_000;

    private static final Set<Operator> KEPT = Set.of(Operator.EQ, Operator.IN);

    /** The same list, as it is best read. */
    static EntryList of(Connection connection, ListSql sql, ListQuery asked) throws SQLException {
        EntryTable table = sql.entries();
        List<ListQuery.Criterion> kept =
                asked.criteria().stream().filter(EntryList::isKept).toList();
        if (table == null || kept.isEmpty()) {
            return new EntryList(sql, sql, asked);
        }
        boolean narrowed = isNarrowed(sql.type(), asked);
        if (kept.size() == 1 && !narrowed) {
            return led(sql, table, kept.getFirst(), asked);
        }
        List<Met> met = new ArrayList<>();
        for (ListQuery.Criterion criterion : kept) {
            ListQuery all = asked.with(List.of());
            ListSql entries = ListSql.union(table.rows(sql.type(), criterion), one -> one.all(all));
            met.add(new Met(criterion, Listing.number(connection, entries.count(all, FEW))));
        }
        Met rarest = met.stream().min(Comparator.comparingLong(Met::rows)).orElseThrow();
        return narrowed && rarest.rows() == FEW
                ? new EntryList(sql, sql, asked)
                : led(sql, table, rarest.criterion(), asked);
    }

    private record Met(ListQuery.Criterion criterion, long rows) {}

    private static boolean isKept(ListQuery.Criterion criterion) {
        return criterion.values().getFirst() instanceof Entries.Entry && KEPT.contains(criterion.operator());
    }

    /** Whether some other filter has an index that is for such filters. */
    private static boolean isNarrowed(ResourceType type, ListQuery asked) {
        Set<String> ofAll = type.quick().stream()
                .filter(quick -> quick.filters().isEmpty())
                .map(Quick::index)
                .collect(Collectors.toSet());
        return type.quick().stream()
                .filter(quick -> !ofAll.contains(quick.index()))
                .anyMatch(quick -> asked.criteria().stream().anyMatch(quick::leads));
    }

    private static EntryList led(ListSql sql, EntryTable table, ListQuery.Criterion leading, ListQuery asked) {
        List<ListQuery.Criterion> ofTime = new ArrayList<>();
        List<ListQuery.Criterion> others = new ArrayList<>();
        for (ListQuery.Criterion criterion : asked.criteria()) {
            if (criterion.filter().field().equals(ListSql.CREATED_AT)) {
                ofTime.add(criterion.on(EntryTable.MADE));
            } else if (!criterion.equals(leading)) {
                others.add(criterion);
            }
        }
        ListQuery sorted = asked.sortedOn(ListSql.CREATED_AT, EntryTable.MADE);
        ListQuery timed = sorted.with(List.copyOf(ofTime));
        List<ListSql> entries = table.rows(sql.type(), leading);
        ListSql all = ListSql.union(entries, one -> one.all(timed));
        ListQuery query = sorted.with(List.copyOf(others));
        if (!others.isEmpty()) {
            ListSql rows = sql.ledBy(all);
            return new EntryList(rows, rows, query);
        }
        // However many rows the planner expects, it cannot gather and sort all that have an entry.
        ListSql page = sorted.isByTime() ? ListSql.union(entries, one -> one.page(timed.upToItsEnd())) : all;
        return new EntryList(sql.ledBy(page), all, query);
    }
}
