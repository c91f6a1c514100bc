package dev.parley.server.events.feed;

import dev.parley.server.events.feed.EventReader.Read;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Documents;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** Writes events as JSON:API shows them. Thread-safe. */
final class EventDocument {

    static final String TYPE = "events";

    private final Documents documents;

    EventDocument(Documents documents) {
        this.documents = documents;
    }

    /** The answer to a request. */
    byte[] of(RequestContext context, EventQuery query, Read.Events read) {
        UUID organization = context.caller().organization();
        String path = context.call().path();
        return documents.write(out -> {
            out.writeArrayPropertyStart("data");
            read.events().forEach(event -> write(out, organization, event));
            out.writeEndArray();
            out.writeObjectPropertyStart("meta");
            out.writeStringProperty("cursor", Long.toString(read.cursor()));
            out.writeBooleanProperty("more", read.more());
            out.writeEndObject();
            out.writeObjectPropertyStart("links");
            out.writeStringProperty("next", next(path, query, read.cursor()));
            out.writeEndObject();
        });
    }

    private void write(JsonGenerator out, UUID organization, LoggedEvent event) {
        out.writeStartObject();
        out.writeStringProperty("type", TYPE);
        out.writeStringProperty("id", Long.toString(event.position()));
        out.writeObjectPropertyStart("attributes");
        out.writeStringProperty("event", event.event());
        out.writeStringProperty("resourceType", event.resourceType());
        out.writeStringProperty("resourceId", event.resourceId().toString());
        out.writeArrayPropertyStart("fields");
        event.fields().forEach(out::writeString);
        out.writeEndArray();
        out.writeName("resource");
        documents.resource(out, event.resourceType(), event.resourceId(), organization, event.state());
        out.writeStringProperty("createdAt", Json.time(event.createdAt()));
        out.writeEndObject();
        out.writeObjectPropertyStart("meta");
        out.writeObjectPropertyStart("page");
        out.writeStringProperty("cursor", Long.toString(event.position()));
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
    }

    private static String next(String path, EventQuery query, long cursor) {
        StringBuilder link = new StringBuilder(path);
        parameter(link.append('?'), EventQueryReader.AFTER, Long.toString(cursor));
        parameter(link.append('&'), EventQueryReader.SIZE, Integer.toString(query.size()));
        if (query.resourceType() != null) {
            parameter(link.append('&'), EventQueryReader.TYPE, query.resourceType());
        }
        if (query.thread() != null) {
            parameter(link.append('&'), EventQueryReader.THREAD, query.thread().toString());
        }
        return link.toString();
    }

    private static void parameter(StringBuilder link, String name, String value) {
        link.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=').append(value);
    }
}
