package dev.parley.server.platform.jsonapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param resources of the page
 * @param total how many match
 * @param totalUnfiltered how many there are without the filters
 * @param edges where the pages beside it begin; null for a numbered page. With them nothing was counted.
 */
public record Page(
        List<Resource> resources,
        Count total,
        Count totalUnfiltered,
        @Nullable Edges edges) {

    /** A numbered page. */
    public Page(List<Resource> resources, Count total, Count totalUnfiltered) {
        this(resources, total, totalUnfiltered, null);
    }

    /**
     * Cursors of the pages beside this one.
     *
     * @param before of the page before it, empty for the list's end; null where there is none
     * @param after of the page after it, empty for the list's start; null where there is none
     */
    public record Edges(@Nullable String before, @Nullable String after) {}

    /** A number of rows, exact or estimated. */
    public record Count(long value, boolean estimate) {
        /** A number that was counted. */
        public static Count exactly(long value) {
            return new Count(value, false);
        }
    }

    /** A page by cursor. */
    public static Page sought(List<Resource> resources, Edges edges) {
        Count none = Count.exactly(0);
        return new Page(resources, none, none, edges);
    }

    /** Everything there is, on one page. */
    public static Page whole(List<Resource> resources) {
        Count count = Count.exactly(resources.size());
        return new Page(resources, count, count);
    }
}
