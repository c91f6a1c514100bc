package dev.parley.server.events.feed;

import dev.parley.server.platform.http.QueryParameter;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Uuids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request for events, and collects everything that is wrong with it. Used once. */
public final class EventQueryReader {

    /** The parameter of the cursor. */
    public static final String AFTER = "page[after]";

    static final String SIZE = "page[size]";
    static final String TYPE = "filter[resourceType]";
    static final String THREAD = "filter[messageThreadId]";

    private static final List<String> PULL = List.of(AFTER, SIZE, TYPE, THREAD);
    private static final List<String> STREAM = List.of(AFTER, TYPE, THREAD);
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z]{1,64}");
    private static final int DEFAULT_SIZE = 25;
    private static final int MOST_SIZE = 100;

    private final Set<String> types;
    private final List<String> known;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Long after;
    private int size = DEFAULT_SIZE;
    private @Nullable String resourceType;
    private @Nullable UUID thread;

    private EventQueryReader(Set<String> types, List<String> known) {
        this.types = types;
        this.known = known;
    }

    /** @param types the names of all resources that there are */
    static EventQueryReader ofPull(Set<String> types) {
        return new EventQueryReader(types, PULL);
    }

    /** @param types the names of all resources that there are */
    public static EventQueryReader ofStream(Set<String> types) {
        return new EventQueryReader(types, STREAM);
    }

    /** What is asked for; to be used only when there are no problems. */
    public EventQuery read(List<QueryParameter> parameters) {
        Set<String> seen = new HashSet<>();
        for (QueryParameter parameter : parameters) {
            if (!seen.add(parameter.name())) {
                bad(parameter.name(), "Give " + parameter.name() + " once.");
            } else {
                read(parameter.name(), parameter.value());
            }
        }
        return new EventQuery(after, size, resourceType, thread);
    }

    /** All of them. */
    public List<Problem> problems() {
        return problems;
    }

    private void read(String name, String value) {
        if (!known.contains(name)) {
            problems.add(Problem.parameter(
                    ProblemCode.UNKNOWN_QUERY_PARAMETER,
                    name,
                    "There is no query parameter " + name + " here; these are known: " + String.join(", ", known)
                            + "."));
            return;
        }
        switch (name) {
            case AFTER -> after(value);
            case SIZE -> size(value);
            case TYPE -> type(value);
            default -> thread(value);
        }
    }

    private void after(String value) {
        if (value.equals("latest")) {
            after = EventQuery.LATEST;
        } else if (POSITION.matcher(value).matches()) {
            after = Long.parseLong(value);
        } else {
            bad(AFTER, "Give a cursor of an earlier answer, or latest to begin with what comes from now on.");
        }
    }

    private void size(String value) {
        int number = value.length() <= 3 && value.chars().allMatch(c -> c >= '0' && c <= '9') && !value.isEmpty()
                ? Integer.parseInt(value)
                : 0;
        if (number < 1 || number > MOST_SIZE) {
            bad(SIZE, "Give one page size from 1 to " + MOST_SIZE + ".");
        } else {
            size = number;
        }
    }

    private void type(String value) {
        if (TYPE_NAME.matcher(value).matches() && types.contains(value)) {
            resourceType = value;
        } else {
            bad(
                    TYPE,
                    "Give the type of a resource: "
                            + String.join(", ", types.stream().sorted().toList()) + ".");
        }
    }

    private void thread(String value) {
        thread = Uuids.parse(value);
        if (thread == null) {
            bad(THREAD, "Give the id of a message thread, a UUID.");
        }
    }

    private void bad(String name, String detail) {
        problems.add(Problem.parameter(ProblemCode.INVALID_QUERY_PARAMETER, name, detail));
    }
}
