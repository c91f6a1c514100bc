package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.jsonapi.Documents;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What is sent: the resource as the API shows it, in an envelope that names the delivery. Thread-safe. */
final class DeliveryDocument {

    private final Documents documents;

    DeliveryDocument(Documents documents) {
        this.documents = documents;
    }

    String of(UUID organization, UUID id, UUID webhook, Pending.Told told) {
        byte[] bytes = documents.bare(out -> {
            out.writeObjectPropertyStart("data");
            out.writeStringProperty("type", "webhookPayload");
            out.writeStringProperty("id", id.toString());
            out.writeObjectPropertyStart("attributes");
            out.writeStringProperty("webhookId", webhook.toString());
            out.writeStringProperty("event", told.event());
            out.writeArrayPropertyStart("fields");
            told.fields().forEach(out::writeString);
            out.writeEndArray();
            out.writeName("resource");
            documents.resource(out, told.resourceType(), told.resourceId(), organization, told.state());
            out.writeEndObject();
            out.writeEndObject();
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
