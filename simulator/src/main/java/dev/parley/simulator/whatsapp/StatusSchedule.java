package dev.parley.simulator.whatsapp;

import dev.parley.simulator.faults.Effect;
import dev.parley.simulator.faults.Plan;
import dev.parley.simulator.ledger.LedgerEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out which statuses follow an accepted send, and when. */
final class StatusSchedule {

    private static final String FAILED = "failed";
    private static final int MEDIA_UPLOAD = 131053;

    private final InstantSource clock;

    StatusSchedule(InstantSource clock) {
        this.clock = clock;
    }

    /** A status and its time after acceptance. */
    record Step(StatusUpdate update, Duration delay) {}

    /**
     * The steps of one send, in the order in which they are to be posted.
     *
     * @param refusal the code with which the send fails in place of every other status, null if it does not
     */
    List<Step> of(LedgerEntry entry, NumberSettings number, Plan plan, @Nullable Integer refusal) {
        List<Step> steps = refusal == null
                ? regular(entry, number, plan)
                : List.of(failed(entry, plan, refusal, null, delay(number, 0)));
        Effect.LoseCallbacks lost = plan.find(Effect.LoseCallbacks.class);
        if (lost != null) {
            steps = steps.stream().filter(step -> !loses(lost, step)).toList();
        }
        if (plan.has(Effect.ReorderCallbacks.class)) {
            steps = reversed(steps);
        }
        Effect.DuplicateCallbacks duplicate = plan.find(Effect.DuplicateCallbacks.class);
        return duplicate == null ? steps : repeated(steps, duplicate.copies());
    }

    /** The one step of a send whose file Graph can't take: 131053. */
    List<Step> refused(LedgerEntry entry, NumberSettings number, Plan plan, String details) {
        return List.of(failed(entry, plan, MEDIA_UPLOAD, details, delay(number, 0)));
    }

    private List<Step> regular(LedgerEntry entry, NumberSettings number, Plan plan) {
        Effect.FailLater failure = plan.find(Effect.FailLater.class);
        // Nothing more is told of a reaction.
        boolean onlySent = entry.accepted().type().equals("reaction");
        var steps = new ArrayList<Step>();
        int i = 0;
        for (; i < number.statuses().size(); i++) {
            String status = number.statuses().get(i);
            if ((failure != null || onlySent) && !status.equals("sent")) {
                break;
            }
            steps.add(new Step(new StatusUpdate(entry, status, null, withReference(plan), clock), delay(number, i)));
        }
        if (failure != null) {
            steps.add(failed(entry, plan, failure.code(), failure.details(), delay(number, i)));
        }
        return steps;
    }

    private Step failed(LedgerEntry entry, Plan plan, int code, @Nullable String details, Duration delay) {
        ErrorTable.Row row = ErrorTable.get(code);
        var named = details == null ? row : new ErrorTable.Row(code, row.httpStatus(), row.title(), details);
        return new Step(new StatusUpdate(entry, FAILED, named, withReference(plan), clock), delay);
    }

    private static Duration delay(NumberSettings number, int index) {
        List<Duration> delays = number.delays();
        return delays.isEmpty() ? Duration.ZERO : delays.get(Math.min(index, delays.size() - 1));
    }

    private static boolean withReference(Plan plan) {
        return !plan.has(Effect.OmitReference.class);
    }

    private static boolean loses(Effect.LoseCallbacks lost, Step step) {
        return lost.statuses().isEmpty()
                || lost.statuses().contains(step.update().status());
    }

    private static List<Step> reversed(List<Step> steps) {
        var turned = new ArrayList<Step>();
        for (int i = 0; i < steps.size(); i++) {
            turned.add(new Step(
                    steps.get(steps.size() - 1 - i).update(), steps.get(i).delay()));
        }
        return turned;
    }

    private static List<Step> repeated(List<Step> steps, int copies) {
        var all = new ArrayList<Step>();
        for (Step step : steps) {
            for (int i = 0; i <= copies; i++) {
                all.add(step);
            }
        }
        return all;
    }
}
