package dev.parley.simulator.whatsapp;

import dev.parley.simulator.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files that were uploaded, and those that people sent: by id, for 30 days or 7. The bytes of the newest are kept in
 * memory, 512 MiB in all; of older ones only what they were. Thread-safe.
 */
public final class MediaShelf {

    /** How long an uploaded file can be sent. */
    public static final Duration UPLOADED = Duration.ofDays(30);

    /** How long a file that a person sent can be fetched. */
    public static final Duration RECEIVED = Duration.ofDays(7);

    private static final Duration URL_LIFE = Duration.ofMinutes(5);
    private static final long MAX_BYTES = 512L * 1024 * 1024;
    private static final long FIRST_ID = 985_569_392_000_000L;

    /**
     * A file.
     *
     * @param sha256 in hexadecimal
     * @param received whether a person sent it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    public record Medium(
            String id,
            String phoneNumberId,
            String mimeType,
            byte[] bytes,
            String sha256,
            boolean received,
            long expiresMillis) {

        /** The id alone. */
        @Override
        public String toString() {
            return "Medium[" + id + "]";
        }

        Medium expiredAt(long millis) {
            return new Medium(id, phoneNumberId, mimeType, bytes, sha256, received, millis);
        }
    }

    private final InstantSource clock;
    private final Supplier<URI> base;
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final LinkedHashMap<String, Medium> media = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> urls = new LinkedHashMap<>();
    private long held;

    /**
     * @param clock by which ids and URLs end
     * @param base the simulator's own address
     */
    public MediaShelf(InstantSource clock, Supplier<URI> base) {
        this.clock = clock;
        this.base = base;
    }

    /** Keeps a file under a new id. */
    public synchronized Medium put(String phoneNumberId, String mimeType, byte[] bytes, boolean received) {
        String id = Long.toString(ids.addAndGet(17));
        long end = clock.millis() + (received ? RECEIVED : UPLOADED).toMillis();
        Medium medium = new Medium(id, phoneNumberId, mimeType, bytes, sha256(bytes), received, end);
        media.put(id, medium);
        held += bytes.length;
        while (held > MAX_BYTES) {
            String oldest = media.keySet().iterator().next();
            remove(oldest);
        }
        return medium;
    }

    /** The file that lives under this id; null when there is none (any more). */
    synchronized @Nullable Medium find(String id) {
        Medium medium = media.get(id);
        return medium == null || medium.expiresMillis() <= clock.millis() ? null : medium;
    }

    /** Takes it away; whether it was there. */
    synchronized boolean remove(String id) {
        Medium medium = media.remove(id);
        held -= medium == null ? 0 : medium.bytes().length;
        return medium != null;
    }

    /** Ends one id, or all. How many were ended. */
    public synchronized int expire(@Nullable String id) {
        List<Medium> ended = id == null ? List.copyOf(media.values()) : one(id);
        ended.forEach(medium -> media.put(medium.id(), medium.expiredAt(clock.millis())));
        return ended.size();
    }

    private List<Medium> one(String id) {
        Medium medium = media.get(id);
        return medium == null ? List.of() : List.of(medium);
    }

    /** The last that came, no more than so many, the oldest of them first. */
    public synchronized List<Medium> newest(int most) {
        return media.sequencedValues().reversed().stream().limit(most).toList().reversed();
    }

    /** Forgets everything. */
    public synchronized void clear() {
        media.clear();
        urls.clear();
        held = 0;
    }

    /** A URL from which the file can be had for 5 minutes. */
    public synchronized String url(Medium medium) {
        long end = clock.millis() + URL_LIFE.toMillis();
        String hash = sha256((medium.id() + ":" + end).getBytes(StandardCharsets.US_ASCII));
        urls.put(hash, medium.id() + ":" + end);
        if (urls.size() > 100_000) {
            urls.remove(urls.keySet().iterator().next());
        }
        return base.get() + MediaApi.DOWNLOADS + "?mid=" + medium.id() + "&ext=" + end / 1000 + "&hash=" + hash;
    }

    /** The file that a URL made by {@link #url} leads to; null when its time is over. */
    synchronized @Nullable Medium at(@Nullable String hash) {
        String kept = hash == null ? null : urls.get(hash);
        if (kept == null) {
            return null;
        }
        int colon = kept.indexOf(':');
        return Long.parseLong(kept.substring(colon + 1)) <= clock.millis() ? null : find(kept.substring(0, colon));
    }

    /** Why a send's file will fail later; null when it won't. */
    @Nullable
    String fault(SendRequest.Content content) {
        if (!(content instanceof SendRequest.Content.Media sent) || sent.id() == null) {
            return null;
        }
        Medium medium = find(sent.id());
        return medium == null ? null : MediaTypes.problem(sent.kind(), medium.mimeType(), medium.bytes());
    }

    /** What the ledger keeps of a send's file. */
    String describe(SendRequest.Content.Media sent) {
        ObjectNode node = Json.object();
        put(node, "id", sent.id());
        put(node, "link", sent.link());
        put(node, "caption", sent.caption());
        put(node, "filename", sent.filename());
        Medium medium = sent.id() == null ? null : find(sent.id());
        if (medium != null) {
            node.put("mimeType", medium.mimeType());
            node.put("sha256", medium.sha256());
            node.put("size", medium.bytes().length);
        }
        return node.toString();
    }

    /** Hexadecimal SHA-256. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
