package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.UUID;

/**
 * Where each entry of an object of strings is a row of its own, with the id of what has the entry and when that was made. Its key
 * is the organization, the entry, that time and that id, so what has an entry is met in the order of lists. Immutable.
 *
 * @param name of the table
 * @param id its column with the id of what has the entry
 * @param entry SQL function that makes an entry of a key and a value
 * @param organization whose rows are listed
 */
public record EntryTable(String name, String id, String entry, UUID organization) {

    /** The alias of its rows. */
    static final String ALIAS = "e";

    /** When what has the entry was made. */
    static final String MADE = ALIAS + ".created_at";

    String idColumn() {
        return ALIAS + "." + id;
    }

    /** What has any of the entries that a criterion names, entry by entry. */
    List<ListSql> rows(ResourceType type, ListQuery.Criterion criterion) {
        return criterion.values().stream()
                .distinct()
                .map(value -> rows(type, (Entries.Entry) value))
                .toList();
    }

    private ListSql rows(ResourceType type, Entries.Entry one) {
        String where = ALIAS + ".organization_id = ? and " + ALIAS + ".entry = " + entry + "(?, ?)";
        return new ListSql(
                type,
                MADE + ", " + idColumn(),
                name + " " + ALIAS,
                where,
                List.of(organization, one.key(), one.value()),
                idColumn());
    }
}
