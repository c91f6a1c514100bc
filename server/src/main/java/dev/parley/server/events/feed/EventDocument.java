package dev.parley.server.events.feed;

import dev.parley.server.events.feed.EventReader.Read;
import dev.parley.server.platform.jsonapi.Documents;
import dev.parley.server.platform.jsonapi.RequestContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes events as JSON:API shows them. Thread-safe. */
final class EventDocument {

    private final Documents documents;
    private final EventJson json;

    EventDocument(Documents documents) {
        this.documents = documents;
        this.json = new EventJson(documents);
    }

    /** The answer to a request. */
    byte[] of(RequestContext context, EventQuery query, Read.Events read) {
        UUID organization = context.caller().organization();
        String path = context.call().path();
        return documents.write(out -> {
            out.writeArrayPropertyStart("data");
            read.events().forEach(event -> json.write(out, organization, event));
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
