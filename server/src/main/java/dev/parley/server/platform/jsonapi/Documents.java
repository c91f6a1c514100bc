package dev.parley.server.platform.jsonapi;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes documents straight to bytes. Thread-safe. */
public final class Documents {

    private static final int FIRST_BYTES = 1024;

    private final JsonMapper mapper;
    private final String basePath;
    private final Map<String, ResourceType> types = new ConcurrentHashMap<>();

    Documents(JsonMapper mapper, String basePath) {
        this.mapper = mapper;
        this.basePath = basePath;
    }

    /**
     * The document of one resource.
     *
     * @param organization that it belongs to; null for a type that belongs to none
     * @param ignored members of the write that were left out
     */
    public byte[] one(ResourceType type, Resource resource, @Nullable UUID organization, Collection<String> ignored) {
        return one(type, resource, organization, ignored, null, Fieldsets.WHOLE);
    }

    /** @param compound that holds it and what is included with it; null when nothing was to be included */
    byte[] one(
            ResourceType type,
            Resource resource,
            @Nullable UUID organization,
            Collection<String> ignored,
            @Nullable Compound compound,
            Fieldsets fieldsets) {
        return write(out -> {
            out.writeName("data");
            new ResourceWriter(basePath, type, organization, fieldsets)
                    .write(out, resource, linkages(compound, type, resource));
            ignored(out, ignored);
            include(out, compound, organization, fieldsets);
        });
    }

    /** The document of one page, its links made from the path and the query that asked for it. */
    byte[] page(
            ResourceType type,
            Page page,
            ListQuery query,
            PageLinks links,
            @Nullable UUID organization,
            @Nullable Compound compound,
            Fieldsets fieldsets) {
        return write(out -> {
            out.writeArrayPropertyStart("data");
            ResourceWriter resources = new ResourceWriter(basePath, type, organization, fieldsets);
            page.resources().forEach(resource -> resources.write(out, resource, linkages(compound, type, resource)));
            out.writeEndArray();
            out.writeObjectPropertyStart("meta");
            pageMeta(out, page, query);
            out.writeEndObject();
            out.writeObjectPropertyStart("links");
            links.of(page, query).forEach((name, link) -> writeNullable(out, name, link));
            out.writeEndObject();
            include(out, compound, organization, fieldsets);
        });
    }

    /** The members of a page's {@code meta}. */
    static void pageMeta(JsonGenerator out, Page page, ListQuery query) {
        if (query.seek() != null) {
            out.writeNumberProperty("currentSize", query.size());
            return;
        }
        out.writeNumberProperty("total", page.total().value());
        out.writeNumberProperty("totalUnfiltered", page.totalUnfiltered().value());
        out.writeNumberProperty("currentSize", query.size());
        out.writeNumberProperty("currentPage", query.number());
        out.writeNumberProperty("maxPage", PageLinks.maxPage(page, query));
        if (page.total().estimate() || page.totalUnfiltered().estimate()) {
            out.writeBooleanProperty("totalIsEstimate", true);
        }
    }

    private static Map<String, Linkage> linkages(@Nullable Compound compound, ResourceType type, Resource resource) {
        return compound == null ? Map.of() : compound.linkages(type, resource.id());
    }

    private void include(
            JsonGenerator out, @Nullable Compound compound, @Nullable UUID organization, Fieldsets fieldsets) {
        if (compound != null) {
            included(out, compound.included(), organization, fieldsets);
        }
    }

    /** The member {@code included}. */
    void included(
            JsonGenerator out, Collection<Compound.Entry> entries, @Nullable UUID organization, Fieldsets fieldsets) {
        out.writeArrayPropertyStart("included");
        for (Compound.Entry entry : entries) {
            new ResourceWriter(basePath, entry.type(), organization, fieldsets)
                    .write(out, entry.resource(), entry.linkages());
        }
        out.writeEndArray();
    }

    /** The document of errors; the first hundred of them. */
    public byte[] problems(List<Problem> problems, String requestId) {
        return write(out -> {
            errors(out, problems);
            out.writeObjectPropertyStart("meta");
            out.writeStringProperty("requestId", requestId);
            out.writeEndObject();
        });
    }

    /** The member {@code errors}, with the first hundred of them. */
    void errors(JsonGenerator out, List<Problem> problems) {
        out.writeArrayPropertyStart("errors");
        problems.stream().limit(Problem.MOST).forEach(problem -> write(out, problem));
        out.writeEndArray();
    }

    /** The {@code meta} that names the members of a write that were left out; nothing where there are none. */
    void ignored(JsonGenerator out, Collection<String> ignored) {
        if (ignored.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("meta");
        out.writeArrayPropertyStart("ignored");
        ignored.forEach(out::writeString);
        out.writeEndArray();
        out.writeEndObject();
    }

    /** What writes whole resources of a type outside of a document of their own. */
    ResourceWriter writer(ResourceType type, @Nullable UUID organization) {
        return new ResourceWriter(basePath, type, organization, Fieldsets.WHOLE);
    }

    /** The status of an answer with these problems: theirs where they agree, else 400 when one has it, else 422. */
    public static int status(List<Problem> problems) {
        List<Integer> statuses = problems.stream()
                .map(problem -> problem.code().status())
                .distinct()
                .toList();
        if (statuses.size() == 1) {
            return statuses.getFirst();
        }
        return statuses.contains(400) ? 400 : 422;
    }

    private static void write(JsonGenerator out, Problem problem) {
        out.writeStartObject();
        out.writeStringProperty("status", Integer.toString(problem.code().status()));
        out.writeStringProperty("code", problem.code().text());
        out.writeStringProperty("title", problem.code().title());
        out.writeStringProperty("detail", problem.detail());
        Problem.Source source = problem.source();
        if (source != null) {
            out.writeObjectPropertyStart("source");
            switch (source) {
                case Problem.Source.Pointer(String value) -> out.writeStringProperty("pointer", value);
                case Problem.Source.Parameter(String value) -> out.writeStringProperty("parameter", value);
                case Problem.Source.Header(String value) -> out.writeStringProperty("header", value);
            }
            out.writeEndObject();
        }
        JsonNode meta = problem.meta();
        if (meta != null) {
            out.writeName("meta");
            out.writeTree(meta);
        }
        out.writeEndObject();
    }

    /** A type whose resources {@link #resource} writes from now on. */
    void add(ResourceType type) {
        types.put(type.type(), type);
    }

    /** The declarations of the types that are served. */
    Collection<ResourceType> declared() {
        return List.copyOf(types.values());
    }

    /** What only the first answer shows of a type. */
    Set<String> shownOnce(String type) {
        ResourceType declared = types.get(type);
        return declared == null ? Set.of() : declared.shownOnce();
    }

    /** The names of the types that are served. */
    public Set<String> types() {
        return Set.copyOf(types.keySet());
    }

    /**
     * Writes the resource object of an event's state, whole.
     *
     * @param type its name
     * @param state a JSON object with {@code attributes} and {@code meta}; null writes type and id alone
     */
    public void resource(JsonGenerator out, String type, UUID id, UUID organization, @Nullable String state) {
        ResourceType declared = types.get(type);
        if (state == null || declared == null) {
            out.writeStartObject();
            out.writeStringProperty("type", type);
            out.writeStringProperty("id", id.toString());
            out.writeEndObject();
            return;
        }
        JsonNode kept = mapper.readTree(state);
        ObjectNode meta = kept.get("meta") instanceof ObjectNode object ? object : null;
        new ResourceWriter(basePath, declared, organization, Fieldsets.WHOLE)
                .write(out, new Resource(id, (ObjectNode) kept.get("attributes"), meta), Map.of());
    }

    /** A document of a feature's own: {@code content} writes what comes beside {@code jsonapi}. */
    public byte[] write(Consumer<JsonGenerator> content) {
        return bare(out -> {
            out.writeObjectPropertyStart("jsonapi");
            out.writeStringProperty("version", "1.1");
            out.writeEndObject();
            content.accept(out);
        });
    }

    /** As {@link #write}, with nothing but what {@code content} writes: for what we send, not answer. */
    public byte[] bare(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator out = mapper.createGenerator(bytes)) {
            out.writeStartObject();
            content.accept(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** One value alone, outside of a document. */
    public byte[] fragment(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator out = mapper.createGenerator(bytes)) {
            content.accept(out);
        }
        return bytes.toByteArray();
    }

    static void writeNullable(JsonGenerator out, String name, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value);
        }
    }

    /** The path of a resource, from the root. */
    String path(ResourceType type, @Nullable UUID organization, UUID id) {
        return basePath + type.path(organization) + "/" + id;
    }
}
