package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code POST /webhooks/{id}/redeliver} asks for: {@code {"meta": {"since": time, "delivered": boolean}}}.
 *
 * @param since null when that is not known
 * @param problems everything that is wrong with it
 */
record RedeliveryRequest(@Nullable Instant since, boolean delivered, List<Problem> problems) {

    private static final String SINCE = "since";
    private static final String DELIVERED = "delivered";
    private static final Set<String> MEMBERS = Set.of(SINCE, DELIVERED);

    static RedeliveryRequest read(JsonNode document) {
        List<Problem> problems = new ArrayList<>();
        JsonNode meta = document.get("meta");
        if (meta == null || !meta.isObject()) {
            problems.add(Problem.of(ProblemCode.MISSING_MEMBER, "Write {\"meta\": {\"since\": time}}."));
            return new RedeliveryRequest(null, false, problems);
        }
        for (String name : meta.propertyNames()) {
            if (!MEMBERS.contains(name) && !Problem.enough(problems)) {
                String detail = "There is no member " + name + " here.";
                problems.add(Problem.at(ProblemCode.UNKNOWN_ATTRIBUTE, "/meta/" + name, detail)
                        .suggesting(name, MEMBERS));
            }
        }
        JsonNode given = meta.get(SINCE);
        Instant since = given != null && given.isString() ? Times.parse(given.stringValue()) : null;
        if (given == null) {
            problems.add(Problem.at(ProblemCode.MISSING_MEMBER, "/meta", "Give since, a time."));
        } else if (since == null) {
            problems.add(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    "/meta/since",
                    "Write a time with its offset, such as 2024-05-07T14:20:46+00:00."));
        }
        JsonNode delivered = meta.get(DELIVERED);
        if (delivered != null && !delivered.isBoolean()) {
            problems.add(Problem.at(ProblemCode.INVALID_VALUE, "/meta/delivered", "Write true or false."));
        }
        boolean all = delivered != null && delivered.isBoolean() && delivered.booleanValue();
        return new RedeliveryRequest(since, all, problems);
    }
}
