package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A resource with something of every kind, kept in memory. */
@NullUnmarked
final class Toys implements ResourceHandler {

    static final ResourceType TYPE = ResourceType.named("toyCars")
            .attributes(
                    Attribute.text("name", 1, 10).required().updatable().alias("title", "box.title"),
                    Attribute.whole("wheels", 0, 8).optional().updatable(),
                    Attribute.bool("broken").optional().updatable().notNull(),
                    Attribute.time("soldAt").optional().updatable(),
                    Attribute.choice("size", "small", "LARGE").optional().updatable(),
                    Attribute.object("box").optional().updatable(),
                    Attribute.strings("labels").optional().updatable(),
                    Attribute.url("page").optional().updatable(),
                    Attribute.secret("password", 20).optional().updatable(),
                    Attribute.special("plate", Toys::plate).optional().updatable(),
                    Attribute.list("parts"),
                    Attribute.time("createdAt"))
            .relation(Relation.toOne("owner", "toyOwners").required().updatable())
            .relation(Relation.toOne("garage", "toyGarages").optional().updatable())
            .relation(Relation.toOne("maker", "toyMakers"))
            .relation(Relation.toMany("races", "toyRaces", "carId"))
            .filters(
                    Filter.id("ownerId", "owner_id"),
                    Filter.of("soldAt", new Kind.Time(), "sold_at", Operator.GT, Operator.NULL),
                    Filter.of("wheels", new Kind.Whole(0, 8), "wheels", Operator.EQ, Operator.IN))
            .idempotent()
            .sort("createdAt", "created_at")
            .sort("name", "name")
            .build();

    final Map<UUID, Resource> stored = new LinkedHashMap<>();
    Write lastWrite;
    Runnable beforeReading = () -> {};
    ListQuery lastQuery;
    RequestContext lastContext;
    WriteResult next;

    private static ValueParser.Parsed plate(JsonNode node, String pointer) {
        return node.isString() && node.stringValue().startsWith("P")
                ? new ValueParser.Parsed.Value(new Plate(node.stringValue()))
                : new ValueParser.Parsed.Bad(List.of(
                        Problem.at(ProblemCode.INVALID_VALUE, pointer + "/deep", "Begin with P."),
                        Problem.at(ProblemCode.INVALID_VALUE, pointer, "Begin with P, again.")));
    }

    record Plate(String text) {}

    @Override
    public List<Problem> validate(Write draft, boolean creating) {
        boolean odd = draft.whole("wheels") != null && draft.whole("wheels") % 2 == 1;
        return odd
                ? List.of(Problem.at(ProblemCode.INVALID_VALUE, draft.pointer("wheels"), "Wheels come in pairs."))
                : List.of();
    }

    @Override
    public Page list(Caller caller, ListQuery query) {
        lastQuery = query;
        beforeReading.run();
        List<Resource> all = new ArrayList<>(stored.values());
        int from = (int) Math.min(query.offset(), all.size());
        int to = Math.min(from + query.size(), all.size());
        Page.Count count = Page.Count.exactly(all.size());
        return new Page(all.subList(from, to), count, count);
    }

    @Override
    public Found get(Caller caller, UUID id) {
        beforeReading.run();
        Resource found = stored.get(id);
        return found == null ? new Found.Missing() : new Found.One(found);
    }

    @Override
    public WriteResult create(Caller caller, Write write, RequestContext context) {
        lastWrite = write;
        lastContext = context;
        if (next != null) {
            return next;
        }
        UUID id = write.id() == null ? UUID.randomUUID() : write.id();
        Resource resource = resource(id, write);
        stored.put(id, resource);
        return new WriteResult.Created(resource);
    }

    @Override
    public WriteResult update(Caller caller, UUID id, Write write, RequestContext context) {
        lastWrite = write;
        return stored.containsKey(id) ? new WriteResult.Updated(stored.get(id)) : new WriteResult.Missing();
    }

    @Override
    public WriteResult delete(Caller caller, UUID id, RequestContext context) {
        return stored.remove(id) == null ? new WriteResult.Missing() : new WriteResult.Deleted();
    }

    private static Resource resource(UUID id, Write write) {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put("name", write.text("name"));
        attributes.put("ownerId", write.uuid("ownerId").toString());
        attributes.put("password", write.text("password") == null ? null : "set");
        Json.putRaw(attributes, "box", "{\"raw\":[1,2]}");
        attributes.put("createdAt", Json.time(Instant.parse("2024-05-07T14:20:46.9Z")));
        return new Resource(id, attributes, Json.MAPPER.createObjectNode().put("version", 1));
    }

    static WriteResult busy() {
        return new WriteResult.Busy(ProblemCode.QUEUE_FULL, "Wait.", Duration.ofMillis(1500), null);
    }
}
