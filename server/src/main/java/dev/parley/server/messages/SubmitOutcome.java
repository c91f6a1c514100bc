package dev.parley.server.messages;

import dev.parley.server.platform.db.Written;

/** One word for what became of a submitted message, for counting. */
final class SubmitOutcome {

    private SubmitOutcome() {}

    static String word(Written<Submitted> written) {
        return switch (written) {
            case Written.Done<Submitted>(Submitted outcome) -> word(outcome);
            case Written.OrganizationFull<Submitted> full -> "queue_full";
            case Written.Overloaded<Submitted> overloaded -> "overloaded";
            case Written.Unreachable<Submitted> unreachable -> "unreachable";
            case Written.Unknown<Submitted> unknown -> "unknown";
            case Written.Refused<Submitted> refused -> "error";
        };
    }

    /** Whether the message may be stored, so that it counts to what waits. */
    static boolean counts(Written<Submitted> written) {
        return written instanceof Written.Unknown<Submitted>
                || written instanceof Written.Done<Submitted>(Submitted.Accepted accepted);
    }

    private static String word(Submitted outcome) {
        return switch (outcome) {
            case Submitted.Accepted accepted -> "accepted";
            case Submitted.Replayed replayed -> "replayed";
            case Submitted.RefusedBefore before -> "replayed";
            case Submitted.NoThread none -> "refused";
            case Submitted.NoAccount none -> "refused";
            case Submitted.Unfit unfit -> "refused";
            case Submitted.QuotaReached reached -> "quota_reached";
            case Submitted.IdTaken taken -> "refused";
            case Submitted.KeyReused reused -> "refused";
            case Submitted.KeyInUse inUse -> "refused";
        };
    }
}
