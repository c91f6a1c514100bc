package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.ListQuery;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The filter {@code search} of a list. A store that lists what has it looks its words up before its own statements. */
public final class SearchFilter {

    private static final String FIELD = "search";

    private SearchFilter() {}

    /** The filter, for the declaration of a resource that is searched. */
    public static Filter declare() {
        return Filter.of(FIELD, new Kind.Special(new SearchText()), FIELD, Operator.EQ);
    }

    /** The same query with what the search found in its place: the newest 10,000, and one more where there are more. */
    public static ListQuery looked(Connection connection, UUID organization, ResourceType type, ListQuery query)
            throws SQLException {
        return query.replacing(
                FIELD,
                criterion -> found(connection, organization, type, (String)
                        criterion.values().getFirst()));
    }

    private static ListQuery.Criterion found(Connection connection, UUID organization, ResourceType type, String words)
            throws SQLException {
        List<UUID> ids = SearchStore.newest(connection, organization, type.type(), words);
        Filter byId = Filter.id("id", type.idColumn());
        return ids.isEmpty()
                ? new ListQuery.Criterion(byId, Operator.NULL, List.of(true))
                : new ListQuery.Criterion(byId, Operator.IN, List.copyOf(ids));
    }
}
