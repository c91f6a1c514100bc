package dev.parley.server.platform.jsonapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page by cursor begins.
 *
 * @param backwards whether the page ends before the place, instead of beginning behind it
 * @param text of the cursor as the caller gave it; empty for the list's start, or for its end when backwards
 * @param values of the sort fields at the place and then the id, as Instant, Long, String and UUID; null where a field
 *     is; empty for the list's start or end
 */
public record Seek(boolean backwards, String text, List<@Nullable Object> values) {}
