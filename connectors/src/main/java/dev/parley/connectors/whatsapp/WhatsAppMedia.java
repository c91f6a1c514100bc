package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.ByteSource;
import dev.parley.connector.Capabilities;
import dev.parley.connector.MediaKind;
import dev.parley.connector.MediaRule;
import dev.parley.connector.MediaTransfer;
import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.ProviderError;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Graph's media endpoints: upload, and look-up with download (Meta's page "media"). */
final class WhatsAppMedia implements MediaTransfer {

    /** {@link Capabilities#media}: the page's "supported media types", and 1,024 characters of caption. */
    static final Map<MediaKind, MediaRule> RULES = Map.of(
            MediaKind.IMAGE, new MediaRule(5L << 20, Set.of("image/jpeg", "image/png"), 1_024),
            MediaKind.VIDEO, new MediaRule(16L << 20, Set.of("video/mp4", "video/3gpp"), 1_024),
            MediaKind.AUDIO,
                    new MediaRule(
                            16L << 20, Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 0),
            MediaKind.DOCUMENT,
                    new MediaRule(
                            100L << 20,
                            Set.of(
                                    "text/plain",
                                    "application/pdf",
                                    "application/msword",
                                    "application/vnd.ms-excel",
                                    "application/vnd.ms-powerpoint",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
                            1_024));

    /** An uploaded id lives 30 days. */
    private static final Duration LIFETIME = Duration.ofDays(30);

    private static final int OK = 200;

    private final WhatsAppErrors errors;

    WhatsAppMedia(WhatsAppErrors errors) {
        this.errors = errors;
    }

    @Override
    public Uploaded upload(Upload upload, Outbound outbound) {
        Call call = uploadCall(upload);
        if (call == null) {
            return new Uploaded.Refused(errors.local("settings"));
        }
        return switch (outbound.send(call, form(upload))) {
            case Exchange.Answer answer -> uploaded(answer);
            case Exchange.NotSent(String reason) -> new Uploaded.Failed(reason);
            case Exchange.Unknown(String reason) -> new Uploaded.Failed(reason);
        };
    }

    private static @Nullable Call uploadCall(Upload upload) {
        String number = GraphCalls.number(upload.account());
        try {
            return number == null
                    ? null
                    : GraphCalls.call(
                            "POST",
                            GraphCalls.uri(upload.account(), number, "media"),
                            upload.account(),
                            "multipart/form-data; boundary=" + boundary(upload),
                            upload.deadline());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Made of the file's hash, which no file holds but by a chance that never comes. */
    private static String boundary(Upload upload) {
        return "parley-" + upload.sha256().substring(0, 40);
    }

    private static ByteSource form(Upload upload) {
        String mark = "--" + boundary(upload);
        String head = field(mark, "messaging_product", "whatsapp") + field(mark, "type", upload.mimeType()) + mark
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + upload.fileName()
                + "\"\r\nContent-Type: " + upload.mimeType() + "\r\n\r\n";
        return ByteSource.concat(List.of(ascii(head), upload.bytes(), ascii("\r\n" + mark + "--\r\n")));
    }

    private static String field(String mark, String name, String value) {
        return mark + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static ByteSource ascii(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Uploaded uploaded(Exchange.Answer answer) {
        JsonNode json = Json.read(answer.body());
        String id = json == null ? null : Texts.id(Json.text(json, "id"));
        if (answer.status() == OK && id != null) {
            return new Uploaded.Done(id, LIFETIME);
        }
        ProviderError error = json == null ? null : errors.find(json.path("error"), GraphCalls.retryAfter(answer));
        return error == null
                ? new Uploaded.Failed("the answer to an upload is neither an id nor an error of WhatsApp's, status "
                        + answer.status())
                : new Uploaded.Refused(error);
    }

    @Override
    public Fetched fetch(Fetch fetch, Outbound outbound, Outbound.Sink sink) {
        long end = System.nanoTime() + fetch.deadline().toNanos();
        Call lookUp = lookUpCall(fetch);
        if (lookUp == null) {
            return new Fetched.Failed("the account's settings make no call");
        }
        return switch (outbound.call(lookUp)) {
            case Exchange.Answer answer -> lookedUp(answer, fetch, end, outbound, sink);
            case Exchange.NotSent(String reason) -> new Fetched.Failed(reason);
            case Exchange.Unknown(String reason) -> new Fetched.Failed(reason);
        };
    }

    private static @Nullable Call lookUpCall(Fetch fetch) {
        String number = GraphCalls.number(fetch.account());
        try {
            URI uri = GraphCalls.uri(fetch.account(), fetch.providerId());
            URI owned = number == null ? uri : URI.create(uri + "?phone_number_id=" + GraphCalls.segment(number));
            return GraphCalls.call("GET", owned, fetch.account(), null, fetch.deadline());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Fetched lookedUp(
            Exchange.Answer answer, Fetch fetch, long end, Outbound outbound, Outbound.Sink sink) {
        JsonNode json = Json.read(answer.body());
        String url = json == null ? null : Json.text(json, "url");
        if (json == null || answer.status() != OK || url == null) {
            return new Fetched.Failed("the look-up of a file was answered with status " + answer.status());
        }
        if (json.path("file_size").longValue(0) > sink.limit()) {
            return new Fetched.TooLarge();
        }
        Call call = downloadCall(url, fetch.account(), Duration.ofNanos(end - System.nanoTime()));
        if (call == null) {
            return new Fetched.Failed("the look-up of a file gave no URL that can be called");
        }
        return switch (outbound.receive(call, sink)) {
            case Exchange.Answer(int status, var headers, var body) ->
                status == OK
                        ? new Fetched.Done(
                                InboundMedia.sha256(Json.text(json, "sha256")),
                                InboundMedia.mimeType(Json.text(json, "mime_type")))
                        : new Fetched.Failed("the download of a file was answered with status " + status);
            case Exchange.NotSent(String reason) -> new Fetched.Failed(reason);
            case Exchange.Unknown(String reason) ->
                reason.equals(Outbound.TOO_LONG) ? new Fetched.TooLarge() : new Fetched.Failed(reason);
        };
    }

    private static @Nullable Call downloadCall(String url, AccountSettings account, Duration left) {
        try {
            return GraphCalls.call("GET", URI.create(url), account, null, left);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
