package dev.parley.server.platform.jsonapi;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.platform.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What must hold of the problems of any request. */
final class Problematic {

    private static final Documents DOCUMENTS = new Documents(Json.MAPPER, "/public/v2");

    /** An answer holds this many times the request at most, beside what each answer has. */
    private static final int TIMES = 100;

    private Problematic() {}

    /** They are told in an answer of a status below 500 that is JSON and of a sane size. */
    static void tell(List<Problem> problems, int requested) {
        if (problems.isEmpty()) {
            return;
        }
        byte[] answer = DOCUMENTS.problems(problems, "request");
        JsonNode errors = Json.MAPPER.readTree(answer).path("errors");
        hold(!errors.isEmpty(), "told");
        int status = Documents.status(problems);
        hold(status >= 400 && status < 500, "a status of the caller's fault");
        errors.forEach(error -> {
            hold(!error.path("detail").asString("").isBlank(), "what to do");
            hold(TextCheck.storable(error.path("detail").asString("")), "proper text");
        });
        hold(answer.length <= 4_096 + TIMES * requested, "an answer that is not much larger than its request");
    }
}
