package dev.parley.server.platform.jsonapi;

import java.util.List;

/**
 * One page of a list.
 *
 * @param resources of the page
 * @param total how many match
 * @param totalUnfiltered how many there are without the filters
 */
public record Page(List<Resource> resources, Count total, Count totalUnfiltered) {

    /** A number of rows, exact or estimated. */
    public record Count(long value, boolean estimate) {
        /** A number that was counted. */
        public static Count exactly(long value) {
            return new Count(value, false);
        }
    }

    /** Everything there is, on one page. */
    public static Page whole(List<Resource> resources) {
        Count count = Count.exactly(resources.size());
        return new Page(resources, count, count);
    }
}
