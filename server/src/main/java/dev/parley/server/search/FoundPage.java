package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Page;
import java.util.List;
import java.util.UUID;

/**
 * What a search found.
 *
 * @param ids of one page
 * @param total how many were found
 */
record FoundPage(List<UUID> ids, Page.Count total) {}
