package dev.parley.server.payloads;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What every kind of payload says of members that are wrong. */
final class Members {

    private Members() {}

    /** One problem of shape. */
    static Parsed bad(ProblemCode code, String pointer, String detail) {
        return new Parsed.Bad(List.of(Problem.at(code, pointer, detail)));
    }

    /** A problem for each member that is not known. */
    static List<Problem> unknown(ObjectNode object, Set<String> known, String pointer) {
        List<Problem> problems = new ArrayList<>();
        for (String name : object.propertyNames()) {
            if (!known.contains(name) && !Problem.enough(problems)) {
                problems.add(Problem.at(
                        ProblemCode.UNKNOWN_ATTRIBUTE,
                        member(pointer, name),
                        "There is no member " + name + " here. Leave it out; these are known: "
                                + String.join(", ", known.stream().sorted().toList()) + "."));
            }
        }
        return problems;
    }

    /** The pointer of a member (RFC 6901). */
    static String member(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
