package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content negotiation as JSON:API 1.1 demands it (jsonapi.org/format/1.1, "Content Negotiation"), and
 * {@code application/json} besides. The one extension that is supported is that of atomic operations, at its own path;
 * profiles are allowed and ignored.
 */
final class Negotiation {

    static final String JSON_API = "application/vnd.api+json";
    static final String JSON = "application/json";

    /** The atomic operations extension. */
    static final String ATOMIC = "https://jsonapi.org/ext/atomic";

    private static final Set<String> PARAMETERS = Set.of("profile", "ext", "q");
    private static final List<String> JSON_API_ALONE = List.of(JSON_API);

    private Negotiation() {}

    /** Whether a body of this type is one of atomic operations. */
    static boolean atomic(@Nullable String contentType) {
        MediaType type = contentType == null ? null : MediaType.parse(contentType);
        return type != null
                && type.name().equals(JSON_API)
                && type.parameters().keySet().stream().allMatch(name -> name.equals("ext") || name.equals("profile"))
                && extensions(type).equals(Set.of(ATOMIC));
    }

    private static Set<String> extensions(MediaType type) {
        String uris = type.parameters().getOrDefault("ext", "").strip();
        return uris.isEmpty() ? Set.of() : Set.of(uris.split(" +"));
    }

    /** The type of an answer in the form of the atomic extension. */
    static String withAtomic(String answerType) {
        return answerType.equals(JSON_API) ? JSON_API + "; ext=\"" + ATOMIC + "\"" : answerType;
    }

    /** Whether a body of this type can be read. */
    static boolean readable(@Nullable String contentType) {
        if (JSON_API.equals(contentType) || JSON.equals(contentType)) {
            return true;
        }
        MediaType type = contentType == null ? null : MediaType.parse(contentType);
        if (type == null) {
            return false;
        }
        return switch (type.name()) {
            case JSON_API -> type.parameters().keySet().stream().allMatch("profile"::equals);
            case JSON -> {
                String charset = type.parameters().get("charset");
                yield charset == null || charset.toLowerCase(Locale.ROOT).matches("utf-?8");
            }
            default -> false;
        };
    }

    /** The type to answer with, or null when the caller accepts none that there is. */
    static @Nullable String answerType(Headers headers) {
        List<String> lines = headers.all("Accept");
        if (lines.isEmpty() || lines.equals(JSON_API_ALONE)) {
            return JSON_API;
        }
        List<MediaType> ranges = new ArrayList<>();
        for (String part : MediaType.split(String.join(",", lines), ',')) {
            MediaType range = part.isBlank() ? null : MediaType.parse(part);
            if (range != null) {
                ranges.add(range);
            }
        }
        return ranges.isEmpty() ? JSON_API : choose(ranges);
    }

    private static @Nullable String choose(List<MediaType> ranges) {
        List<MediaType> jsonApi =
                ranges.stream().filter(r -> r.name().equals(JSON_API)).toList();
        if (jsonApi.stream().anyMatch(r -> answerable(r) && r.weight() > 0)) {
            return JSON_API;
        }
        if (!jsonApi.isEmpty()) {
            // Every instance is modified, or refused: the specification wants 406 whatever else is acceptable.
            return null;
        }
        boolean any = ranges.stream()
                .anyMatch(r -> (r.name().equals("*/*") || r.name().equals("application/*")) && r.weight() > 0);
        if (any) {
            return JSON_API;
        }
        return ranges.stream().anyMatch(r -> r.name().equals(JSON) && r.weight() > 0) ? JSON : null;
    }

    private static boolean answerable(MediaType range) {
        return PARAMETERS.containsAll(range.parameters().keySet())
                && Set.of(ATOMIC).containsAll(extensions(range));
    }
}
