package dev.parley.server.retention;

import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The jobs of this package with their intervals. */
public final class RetentionJobs {

    private RetentionJobs() {}

    /** Partitions of the event log every ten minutes; idempotency keys, attempts, deliveries and audit entries every minute. */
    public static List<Job> all(Database database, RetentionSettings settings, RandomGenerator random) {
        EventPartitions partitions = new EventPartitions(database, settings);
        MessageRetention messages = new MessageRetention(database, settings, random);
        return List.of(
                Job.every("event-partitions", Duration.ofMinutes(10), partitions::runOneCycle),
                Job.every("message-retention", Duration.ofMinutes(1), messages::runOneCycle));
    }
}
