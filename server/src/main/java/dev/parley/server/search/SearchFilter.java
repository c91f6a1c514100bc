package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Listing;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The filter {@code search} of a list. A store that lists what has it reads its pages here. */
public final class SearchFilter {

    private static final String FIELD = "search";

    private SearchFilter() {}

    /** The filter, for the declaration of a resource that is searched. */
    public static Filter declare() {
        return Filter.of(FIELD, new Kind.Special(new SearchText()), FIELD, Operator.EQ);
    }

    /** One page, of the newest 10,000 that are found where something is searched for. */
    public static Page page(
            Connection connection, UUID organization, ListSql sql, ListQuery query, Listing.RowReader reader)
            throws SQLException {
        if (!entriesAnswer(query)) {
            return Listing.page(connection, sql, looked(connection, organization, sql.type(), query), reader);
        }
        String words = words(query.criteria().getFirst());
        FoundPage found =
                SearchStore.page(connection, organization, sql.type().type(), words, query.size(), query.offset());
        ListQuery rows = new ListQuery(List.of(among(sql.type(), found.ids())), query.order(), 1, query.size());
        return Listing.page(connection, sql, rows, found.total(), reader);
    }

    /** Whether the page and its count come of the entries: they have the time by which lists are sorted, and nothing else. */
    private static boolean entriesAnswer(ListQuery query) {
        return query.seek() == null
                && query.criteria().size() == 1
                && query.criteria().getFirst().filter().field().equals(FIELD)
                && query.isNewestFirst();
    }

    /** The same query with what was found in place of what is searched for. */
    private static ListQuery looked(Connection connection, UUID organization, ResourceType type, ListQuery query)
            throws SQLException {
        return query.replacing(
                FIELD,
                criterion -> among(type, SearchStore.newest(connection, organization, type.type(), words(criterion))));
    }

    private static String words(ListQuery.Criterion criterion) {
        return (String) criterion.values().getFirst();
    }

    private static ListQuery.Criterion among(ResourceType type, List<UUID> ids) {
        Filter byId = Filter.id("id", type.idColumn());
        return ids.isEmpty()
                ? new ListQuery.Criterion(byId, Operator.NULL, List.of(true))
                : new ListQuery.Criterion(byId, Operator.IN, List.copyOf(ids));
    }
}
