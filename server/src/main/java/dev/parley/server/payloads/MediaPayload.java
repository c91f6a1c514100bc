package dev.parley.server.payloads;

import dev.parley.connector.Content;
import dev.parley.connector.MediaKind;
import dev.parley.server.payloads.MediaSource.Given;
import dev.parley.server.payloads.MediaSource.Taken;
import dev.parley.server.payloads.Preparation.Prepared;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of one kind: {@code data} or {@code url}, with {@code mime_type}, {@code filename} and {@code caption}. Stored is what it
 * was found to be, and the hash under which its bytes are kept.
 */
public final class MediaPayload implements PayloadKind {

    private static final String DATA = "data";
    private static final String URL = "url";
    private static final String MIME_TYPE = "mime_type";
    private static final String FILENAME = "filename";
    private static final String CAPTION = "caption";
    private static final int MAX_NAME = 240;
    private static final int MAX_HINT = 200;

    /** What callers write, and what answers carry beside it, which may be sent back. */
    private static final Set<String> KNOWN =
            Set.of(DATA, URL, MIME_TYPE, FILENAME, CAPTION, "size", "sha256", "voice", "animated", "error");

    private final MediaKind kind;
    private final MediaSource source;

    /** @param source stores files */
    public MediaPayload(MediaKind kind, MediaSource source) {
        this.kind = kind;
        this.source = source;
    }

    @Override
    public String type() {
        return kind.word();
    }

    @Override
    public Content content(JsonNode stored) {
        JsonNode file = stored.path(type());
        return new Content.Media(
                kind,
                file.path(MIME_TYPE).asString(""),
                text(file, FILENAME),
                text(file, CAPTION),
                file.path("size").asLong(0),
                file.path("sha256").asString(""),
                null);
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        String member = Members.member(pointer, type());
        if (!(payload.get(type()) instanceof ObjectNode file)) {
            return Members.bad(
                    payload.has(type()) ? ProblemCode.INVALID_VALUE : ProblemCode.MISSING_MEMBER,
                    payload.has(type()) ? member : pointer,
                    "Give the payload an object " + type() + " with data or url.");
        }
        List<Problem> problems = new ArrayList<>(Members.unknown(payload, Set.of("type", type()), pointer));
        problems.addAll(Members.unknown(file, KNOWN, member));
        String data = read(file, DATA, member, Integer.MAX_VALUE, problems);
        String url = read(file, URL, member, 4_096, problems);
        String hint = read(file, MIME_TYPE, member, MAX_HINT, problems);
        String name = lastPart(read(file, FILENAME, member, MAX_NAME, problems));
        String caption = read(file, CAPTION, member, 65_536, problems);
        if (!problems.isEmpty()) {
            return new Parsed.Value(Payload.bad(payload, problems));
        }
        if (data == null && (url == null || url.startsWith("/"))) {
            return new Parsed.Value(Payload.bad(readBack(payload, file), List.of(nothing(member))));
        }
        if (data != null && url != null) {
            return Members.bad(
                    ProblemCode.INVALID_VALUE, Members.member(member, URL), "Give either data or url. Leave url out.");
        }
        Given given = new Given(kind, data, url, hint, name, member);
        MediaFit fit = new MediaFit(kind, caption == null ? 0 : caption.length(), null, 0, pointer);
        return new Parsed.Value(new Payload(
                content(given, caption, null),
                true,
                fit,
                List.of(),
                (organization, thread) -> prepare(organization, given, caption, fit)));
    }

    private Prepared prepare(UUID organization, Given given, @Nullable String caption, MediaFit fit) {
        return switch (source.take(organization, given)) {
            case Taken.Refused(Problem problem) ->
                new Prepared.Ready(Payload.freeForm(content(given, caption, null), channel -> List.of(problem)));
            case Taken.Not(WriteResult answer) -> new Prepared.Not(answer);
            case Taken.Stored stored ->
                new Prepared.Ready(Payload.freeForm(
                        content(given, caption, stored),
                        new MediaFit(kind, fit.caption(), stored.mimeType(), stored.size(), fit.pointer())));
        };
    }

    private ObjectNode content(Given given, @Nullable String caption, Taken.@Nullable Stored stored) {
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("type", type());
        ObjectNode file = one.putObject(type());
        file.put(MIME_TYPE, stored == null ? given.mimeType() : stored.mimeType());
        file.put(FILENAME, given.fileName());
        file.put(CAPTION, caption);
        if (stored != null) {
            file.put("size", stored.size());
            file.put("sha256", stored.sha256());
        }
        return one;
    }

    /** As it is stored: without the address that answers add. */
    private ObjectNode readBack(ObjectNode payload, ObjectNode file) {
        ObjectNode one = payload.deepCopy();
        ObjectNode copy = file.deepCopy();
        copy.remove(URL);
        one.put("type", type());
        one.set(type(), copy);
        return one;
    }

    private Problem nothing(String member) {
        return Problem.at(
                ProblemCode.MISSING_MEMBER, member, "Give data, the file in base64, or url, an https address of it.");
    }

    /** A text of at least one character; an empty one is none. */
    private static @Nullable String read(
            ObjectNode file, String name, String pointer, int most, List<Problem> problems) {
        JsonNode value = file.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        boolean good = value.isString() && value.stringValue().length() <= most;
        if (!good) {
            problems.add(Problem.at(
                    ProblemCode.INVALID_VALUE,
                    Members.member(pointer, name),
                    most == Integer.MAX_VALUE
                            ? "Write a string."
                            : "Write a string of at most " + most + " characters."));
            return null;
        }
        return value.stringValue().isEmpty() ? null : value.stringValue();
    }

    /** Without folders, and without what no file system takes. */
    private static @Nullable String lastPart(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "")
                .strip();
        return last.isEmpty() ? null : last;
    }

    private static @Nullable String text(JsonNode file, String name) {
        JsonNode value = file.path(name);
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }
}
