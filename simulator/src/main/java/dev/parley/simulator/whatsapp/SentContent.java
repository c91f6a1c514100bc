package dev.parley.simulator.whatsapp;

import dev.parley.simulator.json.Json;
import dev.parley.simulator.whatsapp.SendRequest.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the ledger shows of a message's content. */
final class SentContent {

    private SentContent() {}

    static String type(Content content) {
        return switch (content) {
            case Content.Text _ -> "text";
            case Content.Media file -> file.kind();
            case Content.Template _ -> "template";
            case Content.Rich rich -> rich.type();
            case Content.Reaction _ -> "reaction";
        };
    }

    /** What is read: the text, or what stands below a file. */
    static @Nullable String text(Content content) {
        return switch (content) {
            case Content.Text(String body) -> body;
            case Content.Media file -> file.caption();
            case Content.Template template -> template.text();
            case Content.Rich _, Content.Reaction _ -> null;
        };
    }

    /** The object that is named like the type; null for a text, a file and a template, which are shown in their own way. */
    static @Nullable JsonNode object(Content content) {
        return switch (content) {
            case Content.Text _, Content.Media _, Content.Template _ -> null;
            case Content.Rich rich -> rich.object();
            case Content.Reaction(String messageId, String emoji) ->
                Json.object().put("message_id", messageId).put("emoji", emoji);
        };
    }
}
