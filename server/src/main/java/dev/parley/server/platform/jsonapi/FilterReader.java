package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Reads one {@code filter[field][op]=value}. */
final class FilterReader {

    private static final Pattern KEYS = Pattern.compile("\\[([^\\[\\]]+)\\](?:\\[([^\\[\\]]+)\\])?");
    private static final int MOST_VALUES = 100;

    private FilterReader() {}

    /** One criterion, or what is wrong with it. */
    record Reading(List<ListQuery.Criterion> criteria, List<Problem> problems) {}

    static Reading read(ResourceType type, QueryParameter parameter, String keys) {
        Matcher parts = KEYS.matcher(keys);
        if (!parts.matches()) {
            return bad(parameter, ProblemCode.UNKNOWN_FILTER, "Write filter[field] or filter[field][op].");
        }
        String field = parts.group(1);
        Filter filter = Entries.filter(type, field);
        if (filter == null) {
            return unknown(
                    parameter,
                    "There is no filter " + field + ".",
                    field,
                    type.filters().keySet());
        }
        String unnamed = Entries.problem(filter, field);
        if (unnamed != null) {
            return bad(parameter, ProblemCode.INVALID_QUERY_PARAMETER, unnamed);
        }
        String op = parts.group(2);
        Operator operator = op == null ? Operator.EQ : Operator.of(op);
        if (operator == null || !filter.operators().contains(operator)) {
            List<String> known = filter.operators().stream().map(Operator::text).toList();
            String name = op == null ? "eq" : op;
            return unknown(parameter, "The filter " + field + " has no operator " + name + ".", name, known);
        }
        return values(filter, operator, parameter, field);
    }

    private static Reading values(Filter filter, Operator operator, QueryParameter parameter, String field) {
        if (filter.kind() instanceof Kind.Special(ValueParser parser)) {
            return special(filter, operator, parameter, parser);
        }
        Kind kind = operator == Operator.NULL ? new Kind.Bool() : filter.kind();
        String[] texts = operator == Operator.IN ? parameter.value().split(",", -1) : new String[] {parameter.value()};
        if (texts.length > MOST_VALUES) {
            return bad(parameter, ProblemCode.INVALID_QUERY_PARAMETER, "Give at most " + MOST_VALUES + " values.");
        }
        List<Object> values = new ArrayList<>(texts.length);
        for (String text : texts) {
            Object value = value(kind, text);
            if (value == null) {
                return bad(parameter, ProblemCode.INVALID_QUERY_PARAMETER, wanted(kind));
            }
            values.add(Entries.of(filter, field, value));
        }
        return new Reading(List.of(new ListQuery.Criterion(filter, operator, List.copyOf(values))), List.of());
    }

    private static Reading special(Filter filter, Operator operator, QueryParameter parameter, ValueParser parser) {
        return switch (parser.parse(StringNode.valueOf(parameter.value()), "")) {
            case ValueParser.Parsed.Value(Object value) ->
                new Reading(List.of(new ListQuery.Criterion(filter, operator, List.of(value))), List.of());
            case ValueParser.Parsed.Bad(List<Problem> problems) ->
                new Reading(
                        List.of(),
                        problems.stream()
                                .map(problem -> Problem.parameter(
                                        ProblemCode.INVALID_QUERY_PARAMETER, parameter.name(), problem.detail()))
                                .toList());
        };
    }

    private static @Nullable Object value(Kind kind, String text) {
        return switch (kind) {
            case Kind.Id() -> Uuids.parse(text);
            case Kind.Time() -> time(text);
            case Kind.Bool() -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
            case Kind.Whole(long min, long max) -> whole(text, min, max);
            case Kind.Choice(List<String> words) -> ValueReader.word(text, words);
            case Kind.Text t -> text;
            case Kind.Url u -> text;
            case Kind.Decimal d -> null;
            case Kind.Any a -> null;
            case Kind.Items i -> null;
            case Kind.Strings s -> text;
            case Kind.Secret s -> null;
            case Kind.Special s -> null;
        };
    }

    /** In a query a plus is read as a space, and people forget to encode it. */
    private static @Nullable Instant time(String text) {
        return Times.parse(text.replace(' ', '+'));
    }

    private static @Nullable Long whole(String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            return value < min || value > max ? null : value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static String wanted(Kind kind) {
        return switch (kind) {
            case Kind.Id() -> "Write a UUID.";
            case Kind.Time() -> "Write a time such as 2024-05-07T14:20:46+00:00.";
            case Kind.Bool() -> "Write true or false.";
            case Kind.Whole(long min, long max) -> "Write a whole number from " + min + " to " + max + ".";
            case Kind.Choice(List<String> words) -> "Write one of " + String.join(", ", words) + ".";
            case Kind.Text t -> "Write a text.";
            case Kind.Url u -> "Write a URL.";
            case Kind.Decimal d -> notFilterable();
            case Kind.Any a -> notFilterable();
            case Kind.Items i -> notFilterable();
            case Kind.Strings s -> "Write a text.";
            case Kind.Secret s -> notFilterable();
            case Kind.Special s -> notFilterable();
        };
    }

    private static String notFilterable() {
        return "This cannot be filtered by.";
    }

    private static Reading unknown(QueryParameter parameter, String detail, String name, Collection<String> known) {
        Problem problem = Problem.parameter(ProblemCode.UNKNOWN_FILTER, parameter.name(), detail);
        return new Reading(List.of(), List.of(problem.suggesting(name, known)));
    }

    private static Reading bad(QueryParameter parameter, ProblemCode code, String detail) {
        return new Reading(List.of(), List.of(Problem.parameter(code, parameter.name(), detail)));
    }
}
