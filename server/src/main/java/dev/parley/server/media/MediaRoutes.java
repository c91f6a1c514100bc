package dev.parley.server.media;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Headers;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.server.platform.jsonapi.Uuids;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** {@code GET /messages/{id}/media}: the file of a message, whole or in part. Thread-safe. */
public final class MediaRoutes {

    private static final String UNKNOWN = "application/octet-stream";

    private final JsonApi api;
    private final Database database;
    private final MediaLibrary library;

    /** @param api makes routes and refusals */
    public MediaRoutes(JsonApi api, Database database, MediaLibrary library) {
        this.api = api;
        this.database = database;
        this.library = library;
    }

    /** The one route. */
    public List<Route> routes() {
        return List.of(api.file("/messages/{id}/media", Access.ORGANIZATION, api.withoutQuery(this::get)));
    }

    private HttpAnswer get(RequestContext context) throws IOException {
        UUID id = Uuids.parse(context.call().pathParameter("id"));
        UUID organization = context.caller().organization();
        String payload = id == null
                ? null
                : database.call(connection -> Optional.ofNullable(MediaViewStore.find(connection, organization, id)))
                        .orElse(null);
        if (payload == null) {
            return refused(context, ProblemCode.NOT_FOUND, "There is no message with this id that has a file.");
        }
        JsonNode tree = Json.MAPPER.readTree(payload);
        JsonNode file = tree.path(tree.path("type").asString(""));
        String sha256 = file.path("sha256").isString() ? file.path("sha256").stringValue() : null;
        if (sha256 == null || !file.path("size").isIntegralNumber()) {
            return file.path("error").isObject()
                    ? refused(context, ProblemCode.MEDIA_LOST, "The file could not be had: see error in the payload.")
                    : refused(
                                    context,
                                    ProblemCode.MEDIA_PENDING,
                                    "The file is still being fetched from the provider. Ask again after the time that"
                                            + " Retry-After gives, or wait for the message's update event.")
                            .with("Retry-After", "5");
        }
        if (!library.has(organization, sha256)) {
            return refused(context, ProblemCode.MEDIA_LOST, "The file is not in the media store. Look at its backup.");
        }
        return answer(context, organization, file, sha256, file.path("size").longValue());
    }

    private HttpAnswer answer(RequestContext context, UUID organization, JsonNode file, String sha256, long size) {
        Headers asked = context.call().headers();
        String tag = "\"" + sha256 + "\"";
        Map<String, String> headers = headers(file, tag);
        if (asked.hasTag(tag)) {
            return new HttpAnswer(304, headers, new byte[0]);
        }
        String condition = asked.first("If-Range");
        boolean same = condition == null || condition.strip().equals(tag);
        return switch (ByteRange.of(same ? asked.first("Range") : null, size)) {
            case ByteRange.All() -> HttpAnswer.streamed(200, headers, library.part(organization, sha256, 0, size));
            case ByteRange.Part(long from, long length) -> {
                headers.put("Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + size);
                yield HttpAnswer.streamed(206, headers, library.part(organization, sha256, from, length));
            }
            case ByteRange.Outside() ->
                refused(
                                context,
                                ProblemCode.RANGE_NOT_SATISFIABLE,
                                "The file has " + size + " bytes. Ask for a range within them.")
                        .with("Content-Range", "bytes */" + size);
        };
    }

    /** A browser may keep it, asking each time whether it still may be seen; it guesses no type and runs nothing of it. */
    private static Map<String, String> headers(JsonNode file, String tag) {
        String type = file.path("mime_type").asString(UNKNOWN);
        String name = file.path("filename").isString() ? file.path("filename").stringValue() : null;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type.isEmpty() ? UNKNOWN : type);
        headers.put("Content-Disposition", Disposition.of(type, name));
        headers.put("ETag", tag);
        headers.put("Accept-Ranges", "bytes");
        headers.put("Cache-Control", "private, no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
        return headers;
    }

    private HttpAnswer refused(RequestContext context, ProblemCode code, String detail) {
        return api.answers().refused(context, Problem.of(code, detail));
    }
}
