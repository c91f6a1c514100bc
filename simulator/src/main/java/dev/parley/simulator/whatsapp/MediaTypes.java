package dev.parley.simulator.whatsapp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which types and sizes WhatsApp takes for which kind (Meta's page "media", "supported media types"). */
final class MediaTypes {

    private static final long MB = 1024 * 1024;

    private record Rule(long bytes, List<String> types) {}

    private static final Map<String, Rule> RULES = rules();

    private MediaTypes() {}

    /** What an upload of another type is answered; null for one that is taken. */
    static @Nullable String problem(String type) {
        boolean taken = RULES.values().stream().anyMatch(rule -> rule.types().contains(type));
        var all = new TreeSet<String>();
        RULES.values().forEach(rule -> all.addAll(rule.types()));
        return taken ? null : "Param file must be a file with one of the following types: " + String.join(", ", all);
    }

    /** Why a file can't be of this kind; null when it can. */
    static @Nullable String problem(String kind, String type, byte[] bytes) {
        Rule rule = RULES.get(kind);
        if (rule == null || !rule.types().contains(type) || contradicts(type, bytes)) {
            return "Unsupported " + kind + " mime type " + type + ". Please use one of "
                    + (rule == null ? "" : String.join(", ", rule.types())) + ".";
        }
        return bytes.length > rule.bytes() ? "The file is larger than " + rule.bytes() + " bytes." : null;
    }

    private static boolean contradicts(String type, byte[] bytes) {
        return switch (type) {
            case "image/jpeg" -> !begins(bytes, 0, 0xFF, 0xD8, 0xFF);
            case "image/png" -> !begins(bytes, 0, 0x89, 'P', 'N', 'G');
            case "application/pdf" -> !begins(bytes, 0, '%', 'P', 'D', 'F');
            case "video/mp4", "audio/mp4" -> !begins(bytes, 4, 'f', 't', 'y', 'p');
            case "audio/ogg" -> !begins(bytes, 0, 'O', 'g', 'g', 'S');
            default -> false;
        };
    }

    private static boolean begins(byte[] bytes, int at, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (at + i >= bytes.length || (bytes[at + i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Rule> rules() {
        var rules = new LinkedHashMap<String, Rule>();
        rules.put(
                "audio", new Rule(16 * MB, List.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")));
        rules.put(
                "document",
                new Rule(
                        100 * MB,
                        List.of(
                                "text/plain",
                                "application/pdf",
                                "application/msword",
                                "application/vnd.ms-excel",
                                "application/vnd.ms-powerpoint",
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                "application/vnd.openxmlformats-officedocument.presentationml.presentation")));
        rules.put("image", new Rule(5 * MB, List.of("image/jpeg", "image/png")));
        rules.put("sticker", new Rule(500 * 1024, List.of("image/webp")));
        rules.put("video", new Rule(16 * MB, List.of("video/mp4", "video/3gpp")));
        return rules;
    }
}
