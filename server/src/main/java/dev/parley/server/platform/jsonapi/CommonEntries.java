package dev.parley.server.platform.jsonapi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Lists by an entry that many rows share. The index of entries has to gather all rows that have it before it gives the first, and
 * with millions of them that takes longer than a list may. Where one in a hundred of the newest has it, walking through the rows
 * meets a page of them, and as many as are counted, soon: then the index is left out.
 */
final class CommonEntries {

    /** Rows that are looked at to find out, the newest. */
    static final int LOOKED_AT = 2_000;

    /** Of those: from here on the entry is taken for a common one. */
    static final int COMMON = 20;

    private static final Set<Operator> INDEXED = Set.of(Operator.EQ, Operator.IN);

    private CommonEntries() {}

    /** The same query, to be walked where that is better. */
    static ListQuery chosen(Connection connection, ListSql sql, ListQuery query) throws SQLException {
        boolean byTime = query.order().stream()
                .limit(1)
                .anyMatch(order -> order.field().equals(ListSql.CREATED_AT));
        if (!byTime || query.criteria().stream().noneMatch(CommonEntries::isIndexed)) {
            return query;
        }
        ListQuery walked =
                query.with(query.criteria().stream().map(CommonEntries::walked).toList());
        long met = Long.parseLong(Listing.first(connection, sql.among(walked, LOOKED_AT, COMMON)));
        return met < COMMON ? query : walked;
    }

    private static boolean isIndexed(ListQuery.Criterion criterion) {
        return criterion.values().getFirst() instanceof Entries.Entry && INDEXED.contains(criterion.operator());
    }

    private static ListQuery.Criterion walked(ListQuery.Criterion criterion) {
        if (!isIndexed(criterion)) {
            return criterion;
        }
        List<Object> values = criterion.values().stream()
                .<Object>map(value -> ((Entries.Entry) value).walked())
                .toList();
        return new ListQuery.Criterion(criterion.filter(), criterion.operator(), values);
    }
}
