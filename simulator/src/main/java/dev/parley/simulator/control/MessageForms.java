package dev.parley.simulator.control;

import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.BusinessNumber;
import dev.parley.simulator.whatsapp.ErrorTable;
import dev.parley.simulator.whatsapp.MediaShelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes messages of every kind of what a control request says in short. */
final class MessageForms {

    /** One of these, or {@code text}, or {@code message}. */
    static final List<String> KINDS = List.of(
            "location",
            "contacts",
            "media",
            "button",
            "buttonReply",
            "listReply",
            "formReply",
            "reaction",
            "order",
            "system",
            "edit",
            "revoke",
            "unsupported",
            "type");

    private static final int UNSUPPORTED = 131051;

    private MessageForms() {}

    /**
     * The message; null for a text that answers nothing.
     *
     * @param shelf where a file that somebody sends is put
     */
    static @Nullable ObjectNode read(Members members, BusinessNumber number, @Nullable String from, MediaShelf shelf) {
        List<String> given = new ArrayList<>(KINDS);
        given.addAll(List.of("text", "message"));
        given.removeIf(kind -> !members.has(kind));
        if (given.size() != 1) {
            throw new BadInputException(
                    "text", "expected exactly one of text, message, errors, " + String.join(", ", KINDS));
        }
        String kind = given.getFirst();
        ObjectNode message = kind.equals("media")
                ? MediaControl.message(
                        shelf, number.settings().phoneNumberId(), required(members, kind, MediaControl.MEMBERS))
                : message(kind, members);
        String replyTo = members.text("replyTo");
        if (replyTo == null) {
            return message;
        }
        ObjectNode answering = message == null ? Json.object() : message;
        String author = number.isReceived(replyTo) ? from : number.settings().displayPhoneNumber();
        answering.putObject("context").put("from", author).put("id", replyTo);
        return answering;
    }

    /** The rows of the codes in {@code errors}. */
    static List<ErrorTable.Row> errors(Members members) {
        List<Long> codes = Objects.requireNonNull(members.numbers("errors", 0, 99_999_999));
        return codes.stream().map(code -> ErrorTable.get(code.intValue())).toList();
    }

    private static @Nullable ObjectNode message(String kind, Members members) {
        return switch (kind) {
            case "text" -> null;
            case "message" -> members.raw(kind);
            case "location", "button", "order" -> of(kind, members.raw(kind));
            case "contacts" -> contacts(members);
            case "buttonReply" -> interactive("button_reply", members.raw(kind));
            case "listReply" -> interactive("list_reply", members.raw(kind));
            case "formReply" -> interactive("nfm_reply", members.raw(kind));
            case "reaction" -> reaction(required(members, kind, "messageId", "emoji"));
            case "system" -> system(required(members, kind, "type", "body", "waId", "userId", "previousUserId"));
            case "edit" -> edit(required(members, kind, "messageId", "text", "message"));
            case "revoke" -> revoke(required(members, kind, "messageId"));
            case "unsupported" -> unsupported(required(members, kind, "type", "errors"));
            case "type" -> Json.object().put("type", members.requiredText(kind));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Members required(Members members, String kind, String... known) {
        return Objects.requireNonNull(members.object(kind, known));
    }

    private static ObjectNode of(String type, @Nullable ObjectNode object) {
        ObjectNode message = Json.object().put("type", type);
        message.set(type, Objects.requireNonNull(object));
        return message;
    }

    private static ObjectNode contacts(Members members) {
        ObjectNode message = Json.object().put("type", "contacts");
        ArrayNode list = message.putArray("contacts");
        members.rawObjects("contacts").forEach(list::add);
        return message;
    }

    private static ObjectNode interactive(String type, @Nullable ObjectNode object) {
        ObjectNode interactive = Json.object().put("type", type);
        interactive.set(type, Objects.requireNonNull(object));
        return of("interactive", interactive);
    }

    /** Without {@code emoji} the removal as Meta documents it, with an empty one as it was observed. */
    private static ObjectNode reaction(Members members) {
        ObjectNode reaction = Json.object().put("message_id", members.requiredText("messageId"));
        if (members.has("emoji")) {
            reaction.put("emoji", members.text("emoji"));
        }
        return of("reaction", reaction);
    }

    private static ObjectNode system(Members members) {
        ObjectNode system = Json.object().put("type", members.requiredText("type"));
        system.put("body", Objects.requireNonNullElse(members.text("body"), "Something changed"));
        put(system, "wa_id", members.text("waId"));
        put(system, "user_id", members.text("userId"));
        put(system, "previous_user_id", members.text("previousUserId"));
        return of("system", system);
    }

    private static ObjectNode edit(Members members) {
        ObjectNode inner = members.raw("message");
        if (inner == null) {
            inner = Json.object().put("type", "text");
            inner.putObject("text").put("body", members.requiredText("text"));
        }
        ObjectNode edit = Json.object().put("original_message_id", members.requiredText("messageId"));
        edit.set("message", inner);
        return of("edit", edit);
    }

    private static ObjectNode revoke(Members members) {
        return of("revoke", Json.object().put("original_message_id", members.requiredText("messageId")));
    }

    private static ObjectNode unsupported(Members members) {
        ObjectNode message = Json.object().put("type", "unsupported");
        List<Long> codes = members.numbers("errors", 0, 99_999_999);
        ArrayNode errors = message.putArray("errors");
        for (Long code : codes == null ? List.of((long) UNSUPPORTED) : codes) {
            ErrorTable.Row row = ErrorTable.get(code.intValue());
            errors.addObject()
                    .put("code", row.code())
                    .put("title", row.title())
                    .put("message", row.title())
                    .putObject("error_data")
                    .put("details", row.details());
        }
        if (members.has("type")) {
            message.putObject("unsupported").put("type", members.text("type"));
        }
        return message;
    }

    private static void put(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }
}
