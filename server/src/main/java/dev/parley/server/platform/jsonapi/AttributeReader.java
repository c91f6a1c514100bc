package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the attributes of one write. */
final class AttributeReader {

    private static final String BASE = "/data/attributes/";
    private static final String MASK = "***";

    private final ResourceType type;
    private final boolean creating;
    private final Write write;
    private final List<Problem> problems;

    AttributeReader(ResourceType type, boolean creating, Write write, List<Problem> problems) {
        this.type = type;
        this.creating = creating;
        this.write = write;
        this.problems = problems;
    }

    /** A value where it was found. */
    private record Given(JsonNode value, String pointer) {}

    void read(ObjectNode attributes) {
        Map<String, Given> given = new HashMap<>();
        for (Attribute attribute : type.attributes().values()) {
            Given value = take(attributes, attribute);
            if (value != null) {
                given.put(attribute.name(), value);
            }
        }
        for (Attribute attribute : type.attributes().values()) {
            Given value = given.get(attribute.name());
            if (value != null) {
                accept(attribute, value);
            }
        }
        attributes.propertyNames().forEach(this::unknown);
    }

    /** Finds a value under its name or another spelling, which is taken out so that it isn't unknown. */
    private @Nullable Given take(ObjectNode attributes, Attribute attribute) {
        List<Given> found = new ArrayList<>(1);
        JsonNode direct = attributes.get(attribute.name());
        if (direct != null) {
            found.add(new Given(direct, BASE + attribute.name()));
        }
        for (String alias : attribute.aliases()) {
            Given other = takeAlias(attributes, alias);
            if (other != null) {
                found.add(other);
            }
        }
        if (found.size() > 1 && !found.getFirst().value().equals(found.getLast().value())) {
            problems.add(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    found.getLast().pointer(),
                    "This is another spelling of " + attribute.name() + ", which is given with another value."));
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private static @Nullable Given takeAlias(ObjectNode attributes, String alias) {
        int dot = alias.indexOf('.');
        if (dot < 0) {
            JsonNode value = attributes.remove(alias);
            return value == null ? null : new Given(value, BASE + alias);
        }
        if (!(attributes.get(alias.substring(0, dot)) instanceof ObjectNode holder)) {
            return null;
        }
        JsonNode value = holder.remove(alias.substring(dot + 1));
        return value == null ? null : new Given(value, BASE + alias.replace('.', '/'));
    }

    private void accept(Attribute attribute, Given given) {
        boolean readOnly = attribute.rule(creating) == Attribute.Rule.READ_ONLY;
        if (given.value().isNull()) {
            acceptNull(attribute, given, readOnly);
            return;
        }
        if (readOnly) {
            ignore(attribute, given);
            return;
        }
        switch (ValueReader.read(attribute.kind(), given.value(), given.pointer())) {
            case Parsed.Bad(List<Problem> bad) -> problems.addAll(bad);
            case Parsed.Value(Object value) -> {
                boolean unchanged = attribute.kind() instanceof Kind.Secret && value.equals(MASK);
                if (!unchanged) {
                    write.put(attribute.name(), value, given.pointer());
                }
            }
        }
    }

    private void acceptNull(Attribute attribute, Given given, boolean readOnly) {
        if (readOnly) {
            write.ignore(attribute.name());
        } else if (creating ? attribute.onCreate() == Attribute.Rule.REQUIRED : !attribute.nullable()) {
            problems.add(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    given.pointer(),
                    "Give " + attribute.name() + " a value; null is none."));
        } else if (!creating) {
            write.put(attribute.name(), null, given.pointer());
        }
    }

    /** What was read may be sent back: its type has to be right, its value no longer counts. */
    private void ignore(Attribute attribute, Given given) {
        if (attribute.kind() instanceof Kind.Special
                || ValueReader.read(loose(attribute.kind()), given.value(), given.pointer()) instanceof Parsed.Value) {
            write.ignore(attribute.name());
        } else {
            problems.add(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    given.pointer(),
                    "The attribute " + attribute.name() + " is read-only, and this is not of its type. Leave it out."));
        }
    }

    private static Kind loose(Kind kind) {
        return switch (kind) {
            case Kind.Text t -> new Kind.Text(0, Integer.MAX_VALUE);
            case Kind.Secret s -> new Kind.Text(0, Integer.MAX_VALUE);
            case Kind.Choice c -> new Kind.Text(0, Integer.MAX_VALUE);
            case Kind.Url u -> new Kind.Text(0, Integer.MAX_VALUE);
            case Kind.Whole w -> new Kind.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case Kind.Decimal d -> new Kind.Decimal(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            case Kind.Strings s -> new Kind.Any();
            case Kind.Bool b -> b;
            case Kind.Time t -> t;
            case Kind.Id i -> i;
            case Kind.Any a -> a;
            case Kind.Items i -> i;
            case Kind.Special s -> s;
        };
    }

    private void unknown(String name) {
        if (type.attributes().containsKey(name) || Problem.enough(problems)) {
            return;
        }
        Problem problem = Problem.at(
                ProblemCode.UNKNOWN_ATTRIBUTE,
                BASE + Names.token(name),
                "There is no attribute " + name + " in " + type.type() + "."
                        + (type.relations().containsKey(name) ? " It goes into the member relationships." : ""));
        problems.add(problem.suggesting(name, type.attributes().keySet()));
    }
}
