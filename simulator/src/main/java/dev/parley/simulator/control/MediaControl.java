package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.MediaShelf;
import dev.parley.simulator.whatsapp.MediaShelf.Medium;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/media}: what is on the shelf, and the end of its ids; also the files that people send. */
public final class MediaControl {

    /** What the {@code media} of a reply may have. */
    static final String[] MEMBERS = {
        "type", "data", "mimeType", "filename", "caption", "voice", "animated", "url", "sha256"
    };

    private final MediaShelf shelf;

    /** @param shelf what is looked at */
    public MediaControl(MediaShelf shelf) {
        this.shelf = shelf;
    }

    /** Every file, or the {@code newest} so many, the oldest first, without its bytes. */
    Reply list(Call call) {
        QueryReader.known(call.query(), "newest");
        int newest = (int) QueryReader.number(call.query(), "newest", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        ObjectNode body = Json.object();
        ArrayNode media = body.putArray("media");
        for (Medium medium : shelf.newest(newest)) {
            media.addObject()
                    .put("id", medium.id())
                    .put("phoneNumberId", medium.phoneNumberId())
                    .put("mimeType", medium.mimeType())
                    .put("sha256", medium.sha256())
                    .put("size", medium.bytes().length)
                    .put("received", medium.received());
        }
        return Reply.json(200, body);
    }

    /** Ends the id that is given, or all, at once. */
    Reply expire(Call call) {
        Members members = Members.of(call.body(), "id");
        return Reply.json(200, Json.object().put("expired", shelf.expire(members.text("id"))));
    }

    /** The callback's message of a file that somebody sends, which is put on the shelf. */
    static ObjectNode message(MediaShelf shelf, String phoneNumberId, Members file) {
        String type = file.oneOf("type", "image", "image", "video", "audio", "document", "sticker");
        Medium medium = shelf.put(phoneNumberId, file.requiredText("mimeType"), bytes(file), true);
        ObjectNode message = Json.object().put("type", type);
        ObjectNode object = message.putObject(type);
        object.put("id", medium.id()).put("mime_type", medium.mimeType());
        String hash = file.text("sha256");
        object.put("sha256", hash == null ? base64(medium.sha256()) : hash);
        put(object, "caption", file.text("caption"));
        put(object, "filename", file.text("filename"));
        if (file.flag("url", true)) {
            object.put("url", shelf.url(medium));
        }
        if (type.equals("audio")) {
            object.put("voice", file.flag("voice", false));
        }
        if (type.equals("sticker")) {
            object.put("animated", file.flag("animated", false));
        }
        return message;
    }

    private static byte[] bytes(Members file) {
        try {
            return Base64.getDecoder().decode(file.requiredText("data"));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file.at("data"), "expected base64");
        }
    }

    /** Callbacks name the hash in base64, look-ups in hexadecimal. */
    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
