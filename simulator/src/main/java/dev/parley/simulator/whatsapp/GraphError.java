package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal as Graph words it.
 *
 * @param httpStatus the HTTP status; a throttle is 400, not 429
 * @param code Meta's code
 * @param subcode Meta's sub-code, null for none
 * @param type {@code OAuthException}, or {@code GraphMethodException} for an unknown object
 * @param message the text; it starts with the code in brackets unless the object is unknown
 * @param details what exactly was wrong, null to leave {@code error_data} out
 */
public record GraphError(
        int httpStatus,
        int code,
        @Nullable Integer subcode,
        String type,
        String message,
        @Nullable String details) {

    private static final String OAUTH = "OAuthException";
    private static final int RATE_LIMIT = 130429;
    private static final int RATE_LIMIT_SUBCODE = 2494055;

    /** An error as the table has it. */
    public static GraphError of(int code) {
        return of(code, null, null);
    }

    /** An error as the table has it, with another HTTP status or other details where those are given. */
    public static GraphError of(int code, @Nullable Integer httpStatus, @Nullable String details) {
        ErrorTable.Row row = ErrorTable.get(code);
        return new GraphError(
                httpStatus == null ? row.httpStatus() : httpStatus,
                code,
                code == RATE_LIMIT ? Integer.valueOf(RATE_LIMIT_SUBCODE) : null,
                OAUTH,
                "(#" + code + ") " + row.title(),
                details == null ? row.details() : details);
    }

    /** Code 100 with a message of its own, as Graph words a parameter that is missing or wrong. */
    static GraphError parameter(String message) {
        return new GraphError(400, 100, null, OAUTH, "(#100) " + message, null);
    }

    /** Code 100 when neither {@code to} nor {@code recipient} is given; this one comes without the code in brackets. */
    static GraphError noRecipient() {
        return new GraphError(400, 100, null, OAUTH, "The parameter to is required.", null);
    }

    /** Code 100, sub-code 33: there is no such object. */
    static GraphError unknownObject(String method, String id) {
        String message = "Unsupported " + method.toLowerCase(Locale.ROOT) + " request. Object with ID '" + id
                + "' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
                + " Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api";
        return new GraphError(400, 100, 33, "GraphMethodException", message, null);
    }

    /** The answer. */
    Reply reply(String traceId) {
        ObjectNode error = Json.object();
        error.put("message", message).put("type", type).put("code", code);
        if (details != null) {
            error.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
        }
        if (subcode != null) {
            error.put("error_subcode", subcode);
        }
        error.put("fbtrace_id", traceId);
        ObjectNode body = Json.object();
        body.set("error", error);
        return Reply.json(httpStatus, body);
    }
}
