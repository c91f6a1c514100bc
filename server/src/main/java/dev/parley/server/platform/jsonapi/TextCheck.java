package dev.parley.server.platform.jsonapi;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds text that no database stores: NUL characters and lone surrogates, in names and in values. */
final class TextCheck {

    private TextCheck() {}

    static void check(JsonNode node, String pointer, List<Problem> problems) {
        if (Problem.enough(problems)) {
            return;
        }
        if (node.isString()) {
            if (!storable(node.stringValue())) {
                problems.add(problem(pointer));
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!storable(entry.getKey()) && !Problem.enough(problems)) {
                    problems.add(problem(pointer));
                }
                if (entry.getValue().isContainer() || entry.getValue().isString()) {
                    check(entry.getValue(), pointer + "/" + Names.token(entry.getKey()), problems);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), pointer + "/" + i, problems);
            }
        }
    }

    /** Whether a text holds neither NUL nor a lone surrogate. */
    static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static Problem problem(String pointer) {
        return Problem.at(
                ProblemCode.INVALID_VALUE,
                pointer,
                "Leave out NUL characters, and write both halves of each surrogate pair.");
    }
}
