package dev.parley.simulator.whatsapp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a template that is made, and what the management endpoints do wrong.
 *
 * @param mode what a review says
 * @param delay the time until the review's callback
 * @param fault what goes wrong, null for nothing
 * @param faultOn which call it strikes: {@code create}, {@code list} or {@code delete}
 * @param faultsLeft how many calls it still strikes
 */
public record TemplateReview(
        Mode mode, Duration delay, @Nullable Fault fault, String faultOn, int faultsLeft) {

    /** Nothing is reviewed until somebody does, and nothing goes wrong. */
    public static final TemplateReview MANUAL = new TemplateReview(Mode.MANUAL, Duration.ZERO, null, "", 0);

    /** What a review says. */
    public enum Mode {
        /** It stays pending until {@code /_control/templates/review}. */
        MANUAL,
        /** The answer says pending; it is approved from then on, and the callback follows. */
        APPROVE,
        /** The answer says rejected, as Graph does at once where it is sure. */
        REJECT
    }

    /** What goes wrong. */
    public enum Fault {
        /** The connection is cut; nothing is done. */
        CUT_BEFORE,
        /** It is done, then the connection is cut. */
        CUT_AFTER,
        /** A bare 502; nothing is done. */
        GATEWAY,
        /** 80007. */
        RATE_LIMIT
    }

    /** After one strike. */
    TemplateReview struck() {
        return new TemplateReview(mode, delay, fault, faultOn, faultsLeft - 1);
    }
}
