package dev.parley.server.media;

import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.server.media.Uploads.Upload;
import dev.parley.server.payloads.MediaSource;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.WriteResult;
import dev.parley.server.platform.quota.Quota;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the files of callers: out of the body or from an address, tells what they are, and stores them. */
public final class MediaTaking implements MediaSource {

    private static final Logger LOG = LoggerFactory.getLogger(MediaTaking.class);
    private static final Duration FETCH = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int REDIRECTS = 3;

    private final MediaLibrary library;
    private final Uploads uploads;
    private final Scratch scratch;
    private final Outbound outbound;
    private final Function<URI, @Nullable String> guard;
    private final long fileLimit;
    private final MediaMeter meter;
    private final Quota storage;
    private final FileTypes types = new FileTypes();

    /**
     * @param guard says what speaks against an address; null for nothing
     * @param fileLimit the most bytes of a file on any channel
     * @param meter counts bytes
     * @param storage the bytes that an organization may have stored
     */
    public MediaTaking(
            MediaLibrary library,
            Uploads uploads,
            Scratch scratch,
            Outbound outbound,
            Function<URI, @Nullable String> guard,
            long fileLimit,
            MediaMeter meter,
            Quota storage) {
        this.storage = storage;
        this.meter = meter;
        this.library = library;
        this.uploads = uploads;
        this.scratch = scratch;
        this.outbound = outbound;
        this.guard = guard;
        this.fileLimit = fileLimit;
    }

    @Override
    public Taken take(UUID organization, Given given) {
        try {
            String url = given.url();
            return url == null ? fromBody(organization, given) : fromAddress(organization, given, url);
        } catch (IOException e) {
            LOG.error("a file could not be stored: {}", e.getClass().getName());
            return new Taken.Not(new WriteResult.Busy(
                    ProblemCode.MEDIA_STORE_UNAVAILABLE,
                    "The file could not be stored, so the message was not either. Send it again after the time that"
                            + " Retry-After gives.",
                    SOON,
                    null));
        }
    }

    private Taken fromBody(UUID organization, Given given) throws IOException {
        String data = given.data() == null ? "" : given.data();
        String member = given.pointer() + "/data";
        Upload upload = uploads.find(data);
        return switch (upload == null ? uploads.decode(data) : upload) {
            case Upload.NotBase64() ->
                refused(member, "Write data in base64, standard or URL-safe, or as a data URI; at least one byte.");
            case Upload.TooLarge() -> tooLarge(member);
            case Upload.NotWritten(IOException why) -> throw why;
            case Upload.Complete(Staged staged) -> {
                try (staged) {
                    yield stored(organization, given, member, staged);
                }
            }
        };
    }

    private Taken fromAddress(UUID organization, Given given, String url) throws IOException {
        String member = given.pointer() + "/url";
        StagingFile file = scratch.create(fileLimit);
        boolean kept = false;
        try {
            Taken problem = fetch(url, member, file);
            file.close();
            if (problem != null) {
                return problem;
            }
            kept = true;
            try (Staged staged = file.staged()) {
                return stored(organization, given, member, staged);
            }
        } finally {
            if (!kept) {
                file.discard();
            }
        }
    }

    private @Nullable Taken fetch(String url, String member, StagingFile file) {
        long end = System.nanoTime() + FETCH.toNanos();
        URI uri = address(url);
        for (int i = 0; i <= REDIRECTS; i++) {
            String against = uri == null ? "must be an absolute URL that starts with https://" : guard.apply(uri);
            if (uri == null || against != null) {
                return refused(member, "The address " + against + ".");
            }
            Outbound.Call call = new Outbound.Call(
                    "GET",
                    uri,
                    Map.of("Accept", "*/*"),
                    new byte[0],
                    Duration.ofNanos(end - System.nanoTime()),
                    65_536);
            switch (outbound.receive(call, into(file))) {
                case Exchange.Answer(int status, Map<String, String> headers, byte[] body) -> {
                    if (status == 200) {
                        return null;
                    }
                    String next = headers.get("location");
                    if (status < 300 || status >= 400 || next == null) {
                        return refused(
                                member,
                                "The address was answered with status " + status
                                        + ". Give one that can be read without signing in, or data.");
                    }
                    uri = resolved(uri, next);
                }
                case Exchange.NotSent(String reason) -> {
                    return unfetched(member, reason);
                }
                case Exchange.Unknown(String reason) -> {
                    return reason.equals(Outbound.TOO_LONG) ? tooLarge(member) : unfetched(member, reason);
                }
            }
        }
        return refused(member, "The address leads to another more than " + REDIRECTS + " times. Give the last one.");
    }

    private static Taken unfetched(String member, String reason) {
        return refused(
                member,
                "The file could not be fetched: " + reason + ". Give an address that this server can reach, or data.");
    }

    private Outbound.Sink into(StagingFile file) {
        return new Outbound.Sink() {
            @Override
            public long limit() {
                return fileLimit;
            }

            @Override
            public OutputStream open() {
                return file;
            }
        };
    }

    private Taken stored(UUID organization, Given given, String member, Staged staged) throws IOException {
        if (staged.size() == 0) {
            return refused(member, "The file is empty. Give one with at least one byte.");
        }
        String type = types.of(staged.path(), given.fileName(), given.kind());
        String hint = given.mimeType() == null ? null : FileTypes.normal(given.mimeType());
        if (hint != null
                && !hint.equals("application/octet-stream")
                && !family(hint).equals(family(type))) {
            return refused(
                    given.pointer() + "/mime_type",
                    "The file is of type " + type
                            + " by its bytes and name. Leave mime_type out, or give the right file.");
        }
        if (!storage.take(organization, staged.size())) {
            return full(member);
        }
        long kept = 0;
        try {
            library.keep(organization, staged);
            kept = staged.size();
        } finally {
            storage.settle(organization, staged.size(), kept);
        }
        meter.stored(MediaMeter.Way.OUT, staged.size());
        return new Taken.Stored(type, staged.size(), staged.sha256());
    }

    private Taken full(String member) {
        return new Taken.Not(WriteResult.refused(Problem.at(
                        ProblemCode.STORAGE_FULL,
                        member,
                        "With this file the organization would have more than " + storage.limit()
                                + " bytes of files stored. Delete"
                                + " messages with files; what no message names any more is gone after ten minutes.")
                .with(Json.MAPPER.createObjectNode().put("limit", storage.limit()))));
    }

    private static String family(String type) {
        return type.split("/", 2)[0];
    }

    private static @Nullable URI address(String url) {
        try {
            URI uri = URI.create(url.strip());
            return uri.isAbsolute() ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable URI resolved(URI from, String to) {
        try {
            return from.resolve(to.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Taken tooLarge(String member) {
        return refused(
                member,
                "The file is larger than any channel takes: at most " + fileLimit + " bytes (" + fileLimit / (1 << 20)
                        + " MB).");
    }

    private static Taken refused(String member, String detail) {
        return new Taken.Refused(Problem.at(ProblemCode.INVALID_VALUE, member, detail));
    }
}
