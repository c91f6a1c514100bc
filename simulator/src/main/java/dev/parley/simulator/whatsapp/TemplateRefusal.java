package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a template can't be made or deleted: code 100 with a sub-code and texts for people, as the management endpoints of Graph
 * word it. An exception, so that a rule can stand anywhere.
 */
final class TemplateRefusal extends RuntimeException {

    static final int TOO_MANY = 2388019;
    static final int BEING_DELETED = 2388023;
    static final int EXISTS = 2388024;
    static final int TOO_LONG = 2388040;
    static final int HEADER = 2388047;
    static final int BODY = 2388072;
    static final int FOOTER = 2388073;
    static final int WHATSAPP_LINK = 2388081;
    static final int TOO_MANY_VARIABLES = 2388293;
    static final int VARIABLE_AT_END = 2388299;
    static final int NOT_FOUND = 2593002;

    private static final long serialVersionUID = 1L;

    private final int subcode;
    private final String title;
    private final String text;

    /** @param subcode 0 for none */
    TemplateRefusal(int subcode, String title, String text) {
        super(title, null, false, false);
        this.subcode = subcode;
        this.title = title;
        this.text = text;
    }

    static TemplateRefusal parameter(String text) {
        return new TemplateRefusal(0, "Invalid parameter", text);
    }

    Reply reply(String traceId) {
        ObjectNode error = Json.object();
        error.put("message", "Invalid parameter").put("type", "OAuthException").put("code", 100);
        if (subcode != 0) {
            error.put("error_subcode", subcode);
        }
        error.put("is_transient", false).put("error_user_title", title).put("error_user_msg", text);
        error.put("fbtrace_id", traceId);
        ObjectNode body = Json.object();
        body.set("error", error);
        return Reply.json(400, body);
    }
}
