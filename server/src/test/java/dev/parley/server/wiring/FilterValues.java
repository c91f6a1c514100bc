package dev.parley.server.wiring;

import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** What filters are tried with, and what each is to find. */
@NullUnmarked
final class FilterValues {

    /** Texts with what means something to LIKE, beyond what the rows hold. */
    private static final List<String> PIECES = List.of("%", "_", "\\", "a%", "\uD83D\uDE00");

    private static final int MOST = 4;

    private FilterValues() {}

    /** The value of a resource that a filter looks at, as text; null without one. */
    static String value(Filter filter, JsonNode resource) {
        JsonNode value = switch (filter.field()) {
            case "id" -> resource.get("id");
            case "organizationId" ->
                resource.at("/attributes").has("organizationId")
                        ? resource.at("/attributes/organizationId")
                        : resource.at("/relationships/organization/data/id");
            default -> resource.at("/attributes/" + filter.field());
        };
        if (value.isMissingNode()) {
            throw new AssertionError("no " + filter.field() + " in " + resource);
        }
        return value.isNull() ? null : value.asString();
    }

    /** Values for an operator: some that the rows have, some that are near them, and some that nobody has. */
    static Set<String> of(Filter filter, Operator operator, List<JsonNode> whole) {
        if (operator == Operator.NULL) {
            return Set.of("true", "false");
        }
        Set<String> had = new LinkedHashSet<>();
        whole.stream()
                .map(one -> value(filter, one))
                .filter(value -> value != null)
                .limit(MOST + 2)
                .forEach(had::add);
        if (had.isEmpty()) {
            had.add(spare(filter.kind()));
        }
        Set<String> tried = new LinkedHashSet<>();
        for (String value : had) {
            tried.add(
                    switch (operator) {
                        case EQL -> swapped(value);
                        case PREFIX -> value.substring(0, value.offsetByCodePoints(0, Math.min(2, points(value))));
                        case SUFFIX -> value.substring(value.offsetByCodePoints(0, Math.max(0, points(value) - 2)));
                        default -> value;
                    });
        }
        if (operator == Operator.IN) {
            List<String> some = new ArrayList<>(had);
            tried.add(String.join(",", some.subList(0, Math.min(2, some.size()))));
        }
        if (filter.kind() instanceof Kind.Text && operator != Operator.IN) {
            tried.addAll(PIECES);
        }
        return tried;
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String swapped(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    }

    private static String spare(Kind kind) {
        return switch (kind) {
            case Kind.Id id -> "00000000-0000-4000-8000-000000000bad";
            case Kind.Time time -> "2026-01-01T00:00:00+00:00";
            default -> "1";
        };
    }

    static boolean matches(Filter filter, Operator operator, String given, String has) {
        if (operator == Operator.NULL) {
            return (has == null) == given.equals("true");
        }
        if (operator == Operator.NE) {
            return !given.equals(has);
        }
        if (has == null) {
            return false;
        }
        return switch (operator) {
            case EQ -> has.equals(given);
            case EQL -> has.toLowerCase(Locale.ROOT).equals(given.toLowerCase(Locale.ROOT));
            case PREFIX -> has.startsWith(given);
            case SUFFIX -> has.endsWith(given);
            case IN -> List.of(given.split(",", -1)).contains(has);
            case GT -> compare(filter, has, given) > 0;
            case GTE -> compare(filter, has, given) >= 0;
            case LT -> compare(filter, has, given) < 0;
            case LTE -> compare(filter, has, given) <= 0;
            case NE, NULL -> throw new AssertionError(operator);
        };
    }

    private static int compare(Filter filter, String a, String b) {
        return filter.kind() instanceof Kind.Time
                ? OffsetDateTime.parse(a).compareTo(OffsetDateTime.parse(b))
                : Long.compare(Long.parseLong(a), Long.parseLong(b));
    }

    /** Something that sorts as the database sorts the value; null without one. */
    static String sortable(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return String.format("%020d", value.longValue());
        }
        return value.asString();
    }

    static List<String> words(Filter filter) {
        return filter.kind() instanceof Kind.Choice(List<String> words) ? words : List.of();
    }
}
