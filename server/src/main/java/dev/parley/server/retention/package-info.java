/** What time does to data: the event log's partitions, what is kept for a while only, and the schedule of timed jobs. */
@NullMarked
package dev.parley.server.retention;

import org.jspecify.annotations.NullMarked;
