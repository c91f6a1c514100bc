package dev.parley.testkit.ledger;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a request was answered.
 *
 * @param status of HTTP
 * @param replayed whether it repeats the answer of an earlier request with the same key
 * @param body the document, missing when there was none
 */
public record Answer(int status, boolean replayed, JsonNode body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Idempotency-Replayed").isPresent(),
                response.body().isBlank()
                        ? MissingNode.getInstance()
                        : JsonMapper.shared().readTree(response.body()));
    }

    /** The resource. */
    public JsonNode data() {
        return body.path("data");
    }

    /** Its attributes. */
    public JsonNode attributes() {
        return data().path("attributes");
    }

    /** The code of the first error, empty without one. */
    public String errorCode() {
        return body.path("errors").path(0).path("code").asString("");
    }
}
