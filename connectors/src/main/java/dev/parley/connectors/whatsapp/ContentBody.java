package dev.parley.connectors.whatsapp;

import dev.parley.connector.Content;
import dev.parley.connector.MediaKind;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is said into the body of a send: the type and the object that is named like it. */
final class ContentBody {

    private ContentBody() {}

    static void write(ObjectNode body, Content content) {
        switch (content) {
            case Content.Text text ->
                body.put("type", "text")
                        .putObject("text")
                        .put("body", text.value())
                        .put("preview_url", false);
            case Content.Media file -> file(body, file);
            case Content.Template template -> TemplateBody.write(template, body);
            case Content.Location location -> location(body, location);
            case Content.Contacts contacts -> ContactCards.write(body, contacts.cards());
            case Content.Reaction reaction ->
                body.put("type", "reaction")
                        .putObject("reaction")
                        .put("message_id", reaction.providerMessageId())
                        .put("emoji", reaction.emoji());
            case Content.Interactive interactive -> InteractiveBody.write(body, interactive);
        }
    }

    private static void file(ObjectNode body, Content.Media file) {
        String type = file.kind().word();
        ObjectNode object = body.put("type", type).putObject(type);
        object.put("id", file.providerId());
        if (file.caption() != null) {
            object.put("caption", file.caption());
        }
        if (file.fileName() != null && file.kind() == MediaKind.DOCUMENT) {
            object.put("filename", file.fileName());
        }
    }

    private static void location(ObjectNode body, Content.Location location) {
        ObjectNode to = body.put("type", "location").putObject("location");
        to.put("latitude", location.latitude()).put("longitude", location.longitude());
        if (location.name() != null) {
            to.put("name", location.name());
        }
        if (location.address() != null) {
            to.put("address", location.address());
        }
    }
}
