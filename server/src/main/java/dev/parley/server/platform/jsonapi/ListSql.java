package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds the statements of a list from its declaration and what is asked for. Values are bound, but for words of the
 * declaration, booleans and the size of the page, which the planner is to know; the SQL comes from declarations alone. Immutable.
 */
public final class ListSql {

    /** Up to here counts are exact. */
    public static final int EXACT = 10_000;

    /** The sort that is as a rule the default one. */
    static final String CREATED_AT = "createdAt";

    /** The column of {@link #byIds} and {@link #newest} that names what was asked for. */
    static final String ASKED = "asked_id";

    /** What the columns of {@link #page} that cursors are made of are called, with their number behind it. */
    static final String SORTED = "sorted_by_";

    private final ResourceType type;
    private final String columns;
    private final String from;
    private final String where;
    private final List<Object> binds;
    private final String idColumn;
    private final @Nullable EntryTable entries;

    /**
     * A statement's fixed parts.
     *
     * @param columns after SELECT
     * @param from after FROM
     * @param where what every row must meet, the organization first; with {@code ?} for values
     * @param binds those values
     */
    public ListSql(ResourceType type, String columns, String from, String where, List<Object> binds) {
        this(type, columns, from, where, binds, type.idColumn());
    }

    /** Of rows that are told apart by another column than the type's. */
    ListSql(ResourceType type, String columns, String from, String where, List<Object> binds, String idColumn) {
        this(type, columns, from, where, binds, idColumn, null);
    }

    private ListSql(
            ResourceType type,
            String columns,
            String from,
            String where,
            List<Object> binds,
            String idColumn,
            @Nullable EntryTable entries) {
        this.type = type;
        this.columns = columns;
        this.from = from;
        this.where = where;
        this.binds = List.copyOf(binds);
        this.idColumn = idColumn;
        this.entries = entries;
    }

    /** The same, whose rows' entries are in that table, too. */
    public ListSql with(EntryTable table) {
        return new ListSql(type, columns, from, where, binds, idColumn, table);
    }

    /** Where the rows' entries are, too; null when nowhere. */
    @Nullable
    EntryTable entries() {
        return entries;
    }

    /** The rows of several statements, which must have the same columns, those of {@link EntryTable}. */
    static ListSql union(List<ListSql> all, Function<ListSql, Sql> statement) {
        List<Object> values = new ArrayList<>();
        StringJoiner union = new StringJoiner(" union all ", "(", ") " + EntryTable.ALIAS);
        for (ListSql one : all) {
            Sql sql = statement.apply(one);
            union.add("(" + sql.text() + ")");
            values.addAll(sql.binds());
        }
        ListSql first = all.getFirst();
        return new ListSql(first.type, first.columns, union.toString(), "true", values, first.idColumn);
    }

    /** The rows whose ids another list has, to be sorted by its columns. */
    ListSql ledBy(ListSql leader) {
        List<Object> values = new ArrayList<>(leader.binds);
        values.addAll(binds);
        String led = leader.from + " join " + from + " on " + idColumn + " = " + leader.idColumn;
        return new ListSql(type, columns, led, where, values, leader.idColumn);
    }

    /**
     * A statement.
     *
     * @param text with {@code ?} for values
     * @param binds UUID, String, Long, Boolean, java.time.OffsetDateTime or an Object[] of them
     */
    public record Sql(String text, List<Object> binds) {}

    /** What is listed. */
    public ResourceType type() {
        return type;
    }

    /** The rows of one page; those of one by cursor with one more, in the direction that it is sought in. */
    public Sql page(ListQuery query) {
        Seek seek = query.seek();
        if (seek != null) {
            return sought(query, seek);
        }
        List<Object> values = new ArrayList<>(binds);
        String text = "select " + columns + " from " + from + " where " + conditions(query, values) + " order by "
                + order(query) + " limit " + query.size();
        if (query.offset() == 0) {
            return new Sql(text, values);
        }
        values.add(query.offset());
        return new Sql(text + " offset ?", values);
    }

    private Sql sought(ListQuery query, Seek seek) {
        List<Object> values = new ArrayList<>(binds);
        List<SeekSql.Term> terms = terms(query, seek.backwards());
        StringJoiner shown = new StringJoiner(", ");
        StringJoiner order = new StringJoiner(", ");
        for (int i = 0; i < terms.size(); i++) {
            SeekSql.Term term = terms.get(i);
            shown.add(term.column() + " as " + SORTED + i);
            order.add(term.column() + (term.descending() ? " desc" : " asc"));
        }
        String conditions = conditions(query, values);
        String behind = seek.values().isEmpty() ? "" : " and " + SeekSql.behind(terms, seek.values(), values);
        String text = "select " + columns + ", " + shown + " from " + from + " where " + conditions + behind
                + " order by " + order + " limit " + (query.size() + 1);
        return new Sql(text, values);
    }

    private List<SeekSql.Term> terms(ListQuery query, boolean backwards) {
        List<SeekSql.Term> terms = new ArrayList<>();
        boolean descending = true;
        for (ListQuery.Order order : query.order()) {
            descending = order.descending();
            terms.add(new SeekSql.Term(order.column(), descending != backwards, type.sortsNulls(order.field())));
        }
        terms.add(new SeekSql.Term(idColumn, descending != backwards, false));
        return terms;
    }

    /** What the columns of a page by cursor hold, the id's left out. */
    List<Kind> sortKinds(ListQuery query) {
        return query.order().stream().map(order -> type.sortKind(order.field())).toList();
    }

    /** All rows that match, in any order. */
    Sql all(ListQuery query) {
        List<Object> values = new ArrayList<>(binds);
        return new Sql("select " + columns + " from " + from + " where " + conditions(query, values), values);
    }

    /** How many rows match, counted no further than one beyond {@link #EXACT}. */
    public Sql count(ListQuery query) {
        return count(query, EXACT + 1);
    }

    /** How many rows match, counted up to {@code most}. */
    Sql count(ListQuery query, int most) {
        List<Object> values = new ArrayList<>(binds);
        String text = "select count(*) from (select 1 from " + from + " where " + conditions(query, values) + " limit "
                + most + ") n";
        return new Sql(text, values);
    }

    /** What the planner expects to match, as JSON, for lists too long to count. */
    public Sql estimate(ListQuery query) {
        List<Object> values = new ArrayList<>(binds);
        String text = "explain (format json) select 1 from " + from + " where " + conditions(query, values);
        return new Sql(text, values);
    }

    /** The rows of these ids, each with the one that it was found by as {@link #ASKED}. */
    Sql byIds(String idColumn, Collection<UUID> ids) {
        List<Object> values = new ArrayList<>(binds);
        values.add(ids.toArray());
        String text = "select " + columns + ", " + idColumn + " as " + ASKED + " from " + from + " where " + where
                + " and " + idColumn + " = any(?)";
        return new Sql(text, values);
    }

    /** The newest rows of each parent, parent by parent, each with the id of its parent as {@link #ASKED}. */
    Sql newest(Filter parent, Collection<UUID> parents, int most) {
        List<Object> values = new ArrayList<>();
        values.add(parents.toArray());
        values.addAll(binds);
        values.add((long) most);
        String newest = type.sorts().get(CREATED_AT) + " desc, " + type.idColumn() + " desc";
        String text = "select r.*, p.id as " + ASKED
                + " from unnest(?) with ordinality as p (id, place) cross join lateral (select " + columns
                + ", row_number() over (order by " + newest + ") as nth from " + from + " where " + where + " and "
                + parent.equalTo("p.id") + " order by " + newest + " limit ?) r order by p.place, r.nth";
        return new Sql(text, values);
    }

    private String conditions(ListQuery query, List<Object> values) {
        StringJoiner all = new StringJoiner(" and ");
        all.add(where);
        for (ListQuery.Criterion criterion : query.criteria()) {
            all.add(CriterionSql.condition(criterion, values));
        }
        return all.toString();
    }

    private String order(ListQuery query) {
        StringJoiner all = new StringJoiner(", ");
        boolean descending = true;
        boolean byId = false;
        for (ListQuery.Order order : query.order()) {
            all.add(order.column() + (order.descending() ? " desc" : " asc"));
            byId |= order.column().equals(idColumn);
            descending = order.descending();
        }
        if (!byId) {
            all.add(idColumn + (descending ? " desc" : " asc"));
        }
        return all.toString();
    }
}
