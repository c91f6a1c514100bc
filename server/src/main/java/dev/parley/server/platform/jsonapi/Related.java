package dev.parley.server.platform.jsonapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A handler whose resources can be included with those that lead to them (JSON:API, compound documents). A relation is
 * includable once the handler of its target is one of these. Safe for use by many threads at once.
 */
public interface Related {

    /**
     * The organization's resources with these ids, by the id that was asked for; one statement. What is gone or somebody
     * else's is left out. Where another resource took the place of one, it is given under the old id.
     *
     * @param ids at least one, each once
     */
    Map<UUID, Resource> byIds(UUID organization, Collection<UUID> ids) throws Exception;

    /** The one of them with this id, as it is included. */
    default Found found(UUID organization, UUID id) throws Exception {
        Resource found = byIds(organization, List.of(id)).get(id);
        return found == null ? new Found.Missing() : new Found.One(found);
    }

    /**
     * The newest of the organization's resources that belong to each of these, in the order of the list; one statement.
     *
     * @param filter of this type, whose column holds the ids of {@code parents}
     * @param parents at least one, each once
     * @param most of each
     */
    default Map<UUID, List<Resource>> newest(UUID organization, Filter filter, Collection<UUID> parents, int most)
            throws Exception {
        throw new UnsupportedOperationException("newest");
    }
}
