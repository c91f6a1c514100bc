package dev.parley.server.messages;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was wrong with a payload, as it is kept for whoever repeats the request. */
final class KeptProblems {

    private KeptProblems() {}

    static String write(List<Problem> problems) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Problem problem : problems) {
            ObjectNode one = list.addObject().put("code", problem.code().name()).put("detail", problem.detail());
            if (problem.source() instanceof Problem.Source.Pointer(String pointer)) {
                one.put("pointer", pointer);
            }
            if (problem.meta() != null) {
                one.set("meta", problem.meta());
            }
        }
        return Json.text(list);
    }

    static List<Problem> read(@Nullable String kept) {
        List<Problem> problems = new ArrayList<>();
        for (JsonNode one : Json.MAPPER.readTree(kept == null ? "[]" : kept)) {
            ProblemCode code = ProblemCode.valueOf(one.path("code").stringValue());
            String detail = one.path("detail").stringValue();
            Problem problem = one.has("pointer")
                    ? Problem.at(code, one.path("pointer").stringValue(), detail)
                    : Problem.of(code, detail);
            problems.add(one.get("meta") instanceof ObjectNode meta ? problem.with(meta) : problem);
        }
        return problems;
    }
}
