package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request and collects everything that is wrong with it. Used once. */
final class QueryReader {

    /** Possessive, here and wherever a group repeats: else a name with thousands of keys overflows the stack. */
    private static final Pattern FAMILY = Pattern.compile("([a-zA-Z]+)((?:\\[[^\\[\\]]*+\\])*+)");

    private static final int DEFAULT_SIZE = 25;
    private static final int MOST_SIZE = 100;
    private static final long MOST_NUMBER = 10_000_000;
    private static final int MOST_CRITERIA = 50;

    private final ResourceType type;
    private final @Nullable Includables includables;
    private final List<Problem> problems = new ArrayList<>();
    private final List<ListQuery.Criterion> criteria = new ArrayList<>();
    private final List<ListQuery.Order> order = new ArrayList<>();
    private final Set<String> once = new HashSet<>();
    private final SeekReader seeks = new SeekReader();
    private @Nullable Seek seek;
    private long number = 1;
    private int size = DEFAULT_SIZE;
    private @Nullable IncludeTree include;
    private @Nullable FieldsReader fields;

    /** @param includables null where nothing is included */
    private QueryReader(ResourceType type, @Nullable Includables includables) {
        this.type = type;
        this.includables = includables;
    }

    /**
     * What was valid, and what wasn't.
     *
     * @param include null when it wasn't asked for
     * @param fieldsets what is shown of each type
     */
    record Reading(ListQuery query, @Nullable IncludeTree include, Fieldsets fieldsets, List<Problem> problems) {}

    static Reading list(ResourceType type, Includables includables, List<QueryParameter> parameters) {
        QueryReader reader = new QueryReader(type, includables);
        parameters.forEach(p -> reader.read(p, true));
        if (reader.order.isEmpty()) {
            String created = type.sorts().get("createdAt");
            if (created != null) {
                reader.order.add(new ListQuery.Order("createdAt", created, true));
            }
        }
        boolean sorted = reader.problems.stream().noneMatch(p -> p.code() == ProblemCode.UNKNOWN_SORT);
        reader.seek = sorted ? reader.seeks.read(type, reader.order, reader.problems) : null;
        return reader.reading();
    }

    /** The query of a request whose answer shows one resource. */
    static Reading single(ResourceType type, Includables includables, List<QueryParameter> parameters) {
        QueryReader reader = new QueryReader(type, includables);
        parameters.forEach(p -> reader.read(p, false));
        return reader.reading();
    }

    /** What is wrong with the query of a request whose answer shows nothing. */
    static List<Problem> write(ResourceType type, List<QueryParameter> parameters) {
        QueryReader reader = new QueryReader(type, null);
        parameters.forEach(p -> reader.read(p, false));
        return reader.problems;
    }

    private Reading reading() {
        Fieldsets fieldsets = fields == null ? Fieldsets.WHOLE : fields.fieldsets();
        if (fields != null) {
            problems.addAll(fields.problems());
        }
        return new Reading(
                new ListQuery(List.copyOf(criteria), List.copyOf(order), number, size, seek),
                include,
                fieldsets,
                List.copyOf(problems));
    }

    private void read(QueryParameter parameter, boolean list) {
        Matcher family = FAMILY.matcher(parameter.name());
        String name = family.matches() ? family.group(1) : parameter.name();
        if (!TextCheck.storable(parameter.value())) {
            bad(parameter, "Leave out NUL characters.");
        } else if (parameter.name().equals(IncludeReader.PARAMETER)) {
            include(parameter);
        } else if (family.matches() && name.equals(FieldsReader.FAMILY)) {
            fields(parameter, family.group(2));
        } else if (list && family.matches() && name.equals("page")) {
            page(parameter, family.group(2));
        } else if (list && parameter.name().equals("sort")) {
            sort(parameter);
        } else if (list && family.matches() && name.equals("filter")) {
            filter(parameter, family.group(2));
        } else {
            unknown(parameter, list);
        }
    }

    private void fields(QueryParameter parameter, String keys) {
        if (includables == null) {
            notHere(parameter, "This answer shows no resource; leave fields out.", List.of());
            return;
        }
        if (fields == null) {
            fields = new FieldsReader(type, includables);
        }
        fields.read(parameter, keys);
    }

    private void include(QueryParameter parameter) {
        if (!once.add(IncludeReader.PARAMETER)) {
            bad(parameter, "Give include once, its paths separated by commas.");
        } else if (includables == null) {
            notIncluded(parameter, "Nothing is included in this answer; leave include out.");
        } else if (includables.names(type).isEmpty()) {
            notIncluded(parameter, "Related resources are not included here; read them at their own paths.");
            include = new IncludeTree();
        } else {
            IncludeReader.Reading reading = IncludeReader.read(type, includables, parameter.value());
            problems.addAll(reading.problems());
            include = reading.tree();
        }
    }

    private void notIncluded(QueryParameter parameter, String detail) {
        if (!parameter.value().isEmpty()) {
            notHere(parameter, detail, List.of());
        }
    }

    private void page(QueryParameter parameter, String keys) {
        long value = digits(parameter.value());
        boolean first = once.add(parameter.name());
        seeks.take(parameter);
        if (keys.equals("[number]") && first && value >= 1 && value <= MOST_NUMBER) {
            number = value;
        } else if (keys.equals("[size]") && first && value >= 1 && value <= MOST_SIZE) {
            size = (int) value;
        } else if (keys.equals("[number]")) {
            bad(parameter, "Give one page number from 1 to " + MOST_NUMBER + ".");
        } else if (keys.equals("[size]")) {
            bad(parameter, "Give one page size from 1 to " + MOST_SIZE + ".");
        } else if (!SeekReader.named(parameter)) {
            unknown(parameter, true);
        }
    }

    private static long digits(String text) {
        boolean number = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(text) : -1;
    }

    private void sort(QueryParameter parameter) {
        if (!once.add("sort")) {
            bad(parameter, "Give sort once, its fields separated by commas.");
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (String part : parameter.value().split(",", -1)) {
            boolean descending = part.startsWith("-");
            String field = descending ? part.substring(1) : part;
            String column = type.sorts().get(field);
            if (column == null) {
                Problem unknown =
                        Problem.parameter(ProblemCode.UNKNOWN_SORT, "sort", "There is no sort field " + field + ".");
                problems.add(unknown.suggesting(field, type.sorts().keySet()));
            } else if (!seen.add(field)) {
                bad(parameter, "Name " + field + " once.");
            } else {
                order.add(new ListQuery.Order(field, column, descending));
            }
        }
    }

    private void filter(QueryParameter parameter, String keys) {
        FilterReader.Reading reading = FilterReader.read(type, parameter, keys);
        problems.addAll(reading.problems());
        criteria.addAll(reading.criteria());
        if (criteria.size() > MOST_CRITERIA) {
            criteria.removeLast();
            bad(parameter, "Give at most " + MOST_CRITERIA + " filters.");
        }
    }

    private void unknown(QueryParameter parameter, boolean list) {
        List<String> known = list
                ? List.of(
                        "filter[…]",
                        "sort",
                        "page[number]",
                        "page[size]",
                        "page[after]",
                        "page[before]",
                        "include",
                        "fields[…]")
                : List.of("include", "fields[…]");
        notHere(parameter, "There is no query parameter " + parameter.name() + " here.", known);
    }

    private void notHere(QueryParameter parameter, String detail, List<String> known) {
        Problem unknown = Problem.parameter(ProblemCode.UNKNOWN_QUERY_PARAMETER, parameter.name(), detail);
        problems.add(unknown.suggesting(parameter.name(), known));
    }

    private void bad(QueryParameter parameter, String detail) {
        problems.add(Problem.parameter(ProblemCode.INVALID_QUERY_PARAMETER, parameter.name(), detail));
    }
}
