package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.GroupWriter;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.json.Json;
import dev.parley.server.webhooks.delivery.TryResult.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what became of tries, in groups over all endpoints of the node. Safe for use by many threads at once; blocks. */
final class Results implements AutoCloseable {

    private static final int QUEUED = 20_000;
    private static final int BYTES = 300;

    /** Only the next delivery of its lane waits for a result. */
    private static final Duration PACE = Duration.ofMillis(10);

    private final RetrySchedule schedule;
    private final DeliveryMeter meter;
    private final GroupWriter<ResultStore.Kept, Boolean> writer;

    Results(Database database, DeliverySettings settings, RetrySchedule schedule, DeliveryMeter meter) {
        this.schedule = schedule;
        this.meter = meter;
        this.writer = new GroupWriter<>(
                "webhook-results",
                database,
                GroupLimits.patient(QUEUED),
                item -> List.of(item.id()),
                (connection, items) -> ResultStore.write(connection, items, settings.pauseAfter()),
                PACE);
    }

    /** What a result led to. */
    enum Kept {
        KEPT,
        /** The endpoint is paused from now on. */
        PAUSED,
        /** It could not be kept; the delivery is pending as before. */
        NOT_KEPT
    }

    /** Keeps a result; returns when it is committed. */
    Kept keep(TryResult result, Health.@Nullable Change change) {
        Pending pending = result.pending();
        Duration delay = result.outcome() instanceof Outcome.Failed failed
                ? schedule.after(pending.tries(), failed.retryAfter())
                : null;
        String status = status(result.outcome(), delay);
        ResultStore.Kept item =
                new ResultStore.Kept(pending.endpoint(), pending.id(), status, delay, attempt(result), change);
        Written<Boolean> written = writer.write(pending.endpoint().organizationId(), BYTES, item);
        measure(result, status);
        return switch (written) {
            case Written.Done<Boolean>(Boolean paused) -> paused ? Kept.PAUSED : Kept.KEPT;
            case Written.OrganizationFull<Boolean> _,
                    Written.Overloaded<Boolean> _,
                    Written.Unreachable<Boolean> _,
                    Written.Refused<Boolean> _,
                    Written.Unknown<Boolean> _ -> Kept.NOT_KEPT;
        };
    }

    int queued() {
        return writer.queued();
    }

    private static String status(Outcome outcome, @Nullable Duration delay) {
        return switch (outcome) {
            case Outcome.Delivered _ -> "delivered";
            case Outcome.Failed _ -> delay == null ? "failed" : "pending";
            case Outcome.Gone _, Outcome.Unsent _ -> "failed";
        };
    }

    private static String attempt(TryResult result) {
        ObjectNode attempt = Json.MAPPER.createObjectNode();
        attempt.put("time", Json.time(result.at()));
        attempt.put("statusCode", result.status());
        attempt.put("error", result.error());
        attempt.put("milliseconds", result.took().toMillis());
        return Json.text(attempt);
    }

    private void measure(TryResult result, String status) {
        String outcome = switch (result.outcome()) {
            case Outcome.Delivered _ -> "delivered";
            case Outcome.Failed _ -> status.equals("pending") ? "retry" : "failed";
            case Outcome.Gone _ -> "gone";
            case Outcome.Unsent _ -> "unsent";
        };
        meter.tried(outcome, result.took());
        Pending.Told told = result.pending().event();
        if (result.outcome() instanceof Outcome.Delivered && told != null) {
            meter.delivered(Duration.between(told.at(), result.at().plus(result.took())));
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        writer.close();
    }
}
