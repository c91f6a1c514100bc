package dev.parley.server.events.feed;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Documents;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** Writes one event as the resource object that all readers get. Thread-safe. */
public final class EventJson {

    private static final String TYPE = "events";

    private final Documents documents;

    /** @param documents writes the resources that events are about */
    public EventJson(Documents documents) {
        this.documents = documents;
    }

    /** The resource object alone, in one line. */
    public byte[] of(UUID organization, LoggedEvent event) {
        return documents.fragment(out -> write(out, organization, event));
    }

    void write(JsonGenerator out, UUID organization, LoggedEvent event) {
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
}
