package dev.parley.connectors.whatsapp;

import dev.parley.connector.TemplateStatus;
import dev.parley.connectors.support.Texts;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Meta's words about templates in the one spelling that is used here. */
final class TemplateWords {

    static final int MAX_REASON = 1_000;

    private static final int MAX_NAME = 512;
    private static final int MAX_WORD = 64;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?");

    private TemplateWords() {}

    static String name(String written) {
        return Texts.cut(written, MAX_NAME).toLowerCase(Locale.ROOT);
    }

    /** {@code en-US} and {@code en_us} are {@code en_US}; null when it is no language. */
    static @Nullable String language(@Nullable String written) {
        if (written == null || !LANGUAGE.matcher(written).matches()) {
            return null;
        }
        String[] parts = written.split("[_-]");
        String language = parts[0].toLowerCase(Locale.ROOT);
        return parts.length == 1 ? language : language + "_" + parts[1].toUpperCase(Locale.ROOT);
    }

    static String word(String written) {
        return Texts.cut(written, MAX_WORD).toUpperCase(Locale.ROOT);
    }

    /** Null when none is given, in whatever way. */
    static @Nullable String reason(@Nullable String written) {
        return written == null || written.equalsIgnoreCase("NONE") ? null : Texts.cut(written, MAX_REASON);
    }

    /** Whether the answer to a send says that WhatsApp keeps the message back for now. */
    static boolean held(@Nullable String messageStatus) {
        return "held_for_quality_assessment".equals(messageStatus) || "paused".equals(messageStatus);
    }

    /** What a status in a list means that is only a warning, or not known: then it is better not sent. */
    static TemplateStatus otherStatus(@Nullable String word) {
        boolean warning = "FLAGGED".equalsIgnoreCase(word) || "LOCKED".equalsIgnoreCase(word);
        return warning ? TemplateStatus.APPROVED : TemplateStatus.PENDING;
    }

    /**
     * What a status or an event means for whether it can be sent; null when it says nothing of that. An appeal is a review. An
     * archived or limited one can't be sent. A flagged or locked one can: only a warning was given.
     */
    static @Nullable TemplateStatus status(String word) {
        return switch (word) {
            case "APPROVED", "REINSTATED", "UNARCHIVED" -> TemplateStatus.APPROVED;
            case "PENDING", "IN_APPEAL" -> TemplateStatus.PENDING;
            case "REJECTED" -> TemplateStatus.REJECTED;
            case "PAUSED" -> TemplateStatus.PAUSED;
            case "DISABLED", "ARCHIVED", "LIMIT_EXCEEDED" -> TemplateStatus.DISABLED;
            case "DELETED", "PENDING_DELETION" -> TemplateStatus.DELETED;
            default -> null;
        };
    }
}
