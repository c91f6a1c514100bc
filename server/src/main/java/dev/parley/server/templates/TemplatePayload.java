package dev.parley.server.templates;

import dev.parley.connector.Content;
import dev.parley.connector.TemplateStatus;
import dev.parley.server.payloads.ChannelFit;
import dev.parley.server.payloads.Payload;
import dev.parley.server.payloads.PayloadKind;
import dev.parley.server.payloads.Preparation;
import dev.parley.server.payloads.TextLength;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Uuids;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template to send. It is checked against the stored one before its message is accepted, and kept with the text that the
 * candidate sees. What does not fit is told as something that the channel does not take, so that a request that comes again gets
 * its first answer whatever has become of the template.
 */
public final class TemplatePayload implements PayloadKind {

    private static final String TYPE = "template";
    private static final String ID = "id";
    private static final String COMPONENTS = "components";
    private static final String NAME = "name";
    private static final String LANGUAGE = "language";
    private static final String RENDERED = "rendered";

    /** The last three are read-only: they come back from those who send what they read. */
    private static final Set<String> MEMBERS = Set.of(ID, COMPONENTS, NAME, LANGUAGE, RENDERED);

    private static final ChannelFit ANYWHERE = rule -> List.of();

    private final TemplateMemory memory;

    public TemplatePayload(TemplateMemory memory) {
        this.memory = memory;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        String at = pointer + "/" + TYPE;
        JsonNode given = payload.path(TYPE);
        if (!(given instanceof ObjectNode template)) {
            return bad(
                    payload.has(TYPE) ? ProblemCode.INVALID_VALUE : ProblemCode.MISSING_MEMBER,
                    payload.has(TYPE) ? at : pointer,
                    "Give the payload a template: {\"id\": …, \"components\": […]}.");
        }
        UUID id = template.path(ID).isString() ? Uuids.parse(template.path(ID).stringValue()) : null;
        if (id == null) {
            return bad(
                    template.has(ID) ? ProblemCode.INVALID_VALUE : ProblemCode.MISSING_MEMBER,
                    template.has(ID) ? at + "/" + ID : at,
                    "Give id, the UUID of a message template.");
        }
        PartsReader.Read parts = PartsReader.read(template.path(COMPONENTS), at + "/" + COMPONENTS);
        List<Problem> problems = new ArrayList<>(parts.problems());
        unknown(payload, Set.of("type", TYPE), pointer, problems);
        unknown(template, MEMBERS, at, problems);
        ObjectNode content = content(template, id);
        Asked asked = new Asked(id, template.path(NAME), template.path(LANGUAGE), parts.parts(), at);
        Preparation preparation =
                (organization, thread) -> new Preparation.Prepared.Ready(prepared(organization, asked, content));
        return new Parsed.Value(
                new Payload(content, false, ANYWHERE, problems, problems.isEmpty() ? preparation : null));
    }

    @Override
    public Content content(JsonNode stored) {
        JsonNode template = stored.path(TYPE);
        PartsReader.Read parts = PartsReader.read(template.path(COMPONENTS), "");
        // The database keeps no order of members.
        String text = Stream.of("header", "body", "footer")
                .map(component -> template.path(RENDERED).path(component).asString(""))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("\n"));
        return new Content.Template(
                template.path(ID).asString(""),
                template.path(NAME).asString(""),
                template.path(LANGUAGE).asString(""),
                parts.parts().stream()
                        .map(PartsReader.Part::part)
                        .filter(part -> !part.parameters().isEmpty())
                        .toList(),
                text);
    }

    /** What a caller asks for. */
    private record Asked(UUID id, JsonNode name, JsonNode language, List<PartsReader.Part> parts, String pointer) {}

    private Payload prepared(UUID organization, Asked asked, ObjectNode content) {
        TemplateMemory.Known known = memory.recent(organization, asked.id());
        Filling.Filled filled = filled(known, asked);
        if (!filled.problems().isEmpty()) {
            // What was remembered may be old: nothing is refused for what is true no more.
            known = memory.fresh(organization, asked.id());
            filled = filled(known, asked);
        }
        List<Problem> problems = filled.problems();
        if (known == null || !problems.isEmpty()) {
            return new Payload(content, false, rule -> problems, List.of(), null);
        }
        ObjectNode complete = content.deepCopy();
        ObjectNode template = complete.withObject("/" + TYPE);
        template.put(NAME, known.template().name());
        template.put(LANGUAGE, known.template().language());
        ObjectNode rendered = template.putObject(RENDERED);
        filled.rendered().forEach(rendered::put);
        int length = String.join("\n", filled.rendered().values()).length();
        // A channel without templates sends the text.
        return new Payload(complete, false, new TextLength(length, asked.pointer(), "parameters"), List.of(), null);
    }

    private static Filling.Filled filled(TemplateMemory.@Nullable Known known, Asked asked) {
        if (known == null) {
            return refused(
                    asked.pointer() + "/" + ID, "There is no message template with this id. Use one of your own.");
        }
        Template template = known.template();
        if (template.status() != TemplateStatus.APPROVED) {
            return refused(
                    asked.pointer() + "/" + ID,
                    "Template " + template.name() + " is " + template.status() + ". Only an APPROVED one can be sent.");
        }
        Problem other = other(asked.name(), template.name(), NAME, asked);
        if (other == null) {
            other = other(asked.language(), template.language(), LANGUAGE, asked);
        }
        if (other != null) {
            return new Filling.Filled(Map.of(), List.of(other));
        }
        return Filling.fill(known.text(), template.named(), asked.parts(), asked.pointer());
    }

    private static @Nullable Problem other(JsonNode given, String stored, String member, Asked asked) {
        boolean same = given.isMissingNode()
                || given.isNull()
                || (given.isString() && given.stringValue().replace('-', '_').equalsIgnoreCase(stored));
        return same
                ? null
                : Problem.at(
                        ProblemCode.INVALID_VALUE,
                        asked.pointer() + "/" + member,
                        "The template with this id has the " + member + " " + stored + ". Leave this out.");
    }

    private static Filling.Filled refused(String pointer, String detail) {
        return new Filling.Filled(Map.of(), List.of(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail)));
    }

    /** The form that is stored: members in one order, without what may be left out. */
    private static ObjectNode content(ObjectNode template, UUID id) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        content.put("type", TYPE);
        ObjectNode own = content.putObject(TYPE);
        own.put(ID, id.toString());
        JsonNode components = template.path(COMPONENTS);
        own.set(COMPONENTS, components.isArray() ? components : Json.MAPPER.createArrayNode());
        for (String member : List.of(NAME, LANGUAGE, RENDERED)) {
            if (template.hasNonNull(member)) {
                own.set(member, template.get(member));
            }
        }
        return content;
    }

    private static void unknown(ObjectNode object, Set<String> known, String pointer, List<Problem> problems) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name) && !Problem.enough(problems)) {
                problems.add(Problem.at(
                        ProblemCode.UNKNOWN_ATTRIBUTE,
                        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "There is no member " + name + " in a template. Leave it out."));
            }
        }
    }

    private static Parsed bad(ProblemCode code, String pointer, String detail) {
        return new Parsed.Bad(List.of(Problem.at(code, pointer, detail)));
    }
}
