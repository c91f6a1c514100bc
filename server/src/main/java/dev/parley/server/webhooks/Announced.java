package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the name of a resource whose changes can be subscribed to, in any case. */
final class Announced implements ValueParser {

    private final Supplier<Collection<ResourceType>> served;

    /** @param served every resource of the API, asked at each request */
    Announced(Supplier<Collection<ResourceType>> served) {
        this.served = served;
    }

    @Override
    public Parsed parse(JsonNode value, String pointer) {
        Map<String, ResourceType> types = types();
        String name = value.isString() ? spelled(value.stringValue(), types.keySet()) : null;
        if (name != null) {
            return new Parsed.Value(name);
        }
        Problem problem = Problem.at(ProblemCode.INVALID_VALUE, pointer, "Write the type of a resource that changes.");
        return new Parsed.Bad(List.of(problem.suggesting(value.asString(""), types.keySet())));
    }

    /** What is wrong with fields of that resource. */
    List<Problem> problems(String resource, FieldNames fields, String pointer) {
        ResourceType type = types().get(resource);
        return type == null ? List.of() : fields.problems(type.fields(), resource, pointer);
    }

    /** The fields as the resource spells them. */
    List<String> spelled(String resource, List<String> fields) {
        ResourceType type = types().get(resource);
        return type == null
                ? fields
                : fields.stream()
                        .map(field -> {
                            String known = spelled(field, type.fields());
                            return known == null ? field : known;
                        })
                        .distinct()
                        .toList();
    }

    /** What nobody can write is not told of either. */
    private Map<String, ResourceType> types() {
        return served.get().stream()
                .filter(type -> type.methods().stream().anyMatch(Announced::writes))
                .collect(Collectors.toMap(ResourceType::type, type -> type, (one, other) -> one));
    }

    private static boolean writes(ResourceType.Method method) {
        return switch (method) {
            case LIST, GET -> false;
            case CREATE, UPDATE, DELETE -> true;
        };
    }

    static @Nullable String spelled(String written, Collection<String> names) {
        return names.stream().filter(written::equalsIgnoreCase).findFirst().orElse(null);
    }
}
