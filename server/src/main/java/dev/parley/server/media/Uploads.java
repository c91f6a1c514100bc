package dev.parley.server.media;

import dev.parley.server.platform.http.BodyIntake;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files out of large bodies as they arrive and writes them to the scratch folder, decoded; whoever reads the rest of
 * the body finds a word there by which the file can be had for as long as its request lasts. Only so many at once. Safe for
 * use by many threads at once.
 */
public final class Uploads implements BodyIntake {

    /** Bodies of up to so many bytes are held in memory as any other. */
    static final int THRESHOLD = 128 << 10;

    /** What is left of a body when its file was taken out: as much as other bodies may have. */
    private static final int REST = 1 << 20;

    private static final String WORD = "parley-staged:";
    private static final long PATIENCE_SECONDS = 5;

    /** A file that came with a body. */
    sealed interface Upload {
        /** It is written. */
        record Complete(Staged staged) implements Upload {}

        /** It is not base64. */
        record NotBase64() implements Upload {}

        /** It is larger than any channel takes. */
        record TooLarge() implements Upload {}

        /** It could not be written, as when the disk is full. */
        record NotWritten(IOException why) implements Upload {}
    }

    private final Scratch scratch;
    private final long fileLimit;
    private final MediaMeter meter;
    private final Semaphore room;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    /**
     * @param fileLimit the most bytes of a file on any channel
     * @param atOnce how many bodies may be under way
     * @param meter counts those that found no room
     */
    public Uploads(Scratch scratch, long fileLimit, int atOnce, MediaMeter meter) {
        this.meter = meter;
        this.scratch = scratch;
        this.fileLimit = fileLimit;
        this.room = new Semaphore(atOnce);
    }

    @Override
    public int threshold() {
        return THRESHOLD;
    }

    @Override
    public long rest() {
        return REST;
    }

    @Override
    public @Nullable Taking begin() throws InterruptedException {
        if (room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return new OneBody();
        }
        meter.refused();
        return null;
    }

    /** The file of a body's text; null when the text is no word of ours. */
    @Nullable
    Upload find(String text) {
        return text.startsWith(WORD) ? uploads.get(text) : null;
    }

    /** Decodes a text that is held whole. */
    Upload decode(String text) throws IOException {
        StagingFile file = scratch.create(fileLimit);
        boolean kept = false;
        try {
            Base64Text base64 = new Base64Text(file);
            base64.put(text);
            Upload upload = finished(file, base64);
            kept = upload instanceof Upload.Complete;
            return upload;
        } finally {
            if (!kept) {
                file.discard();
            }
        }
    }

    private static Upload finished(StagingFile file, Base64Text base64) throws IOException {
        boolean good = base64.end();
        file.close();
        if (file.overflowed()) {
            return new Upload.TooLarge();
        }
        return good ? new Upload.Complete(file.staged()) : new Upload.NotBase64();
    }

    private final class OneBody implements Taking, BodyFilter.Diversion {

        private final List<String> words = new ArrayList<>();
        private @Nullable StagingFile file;
        private @Nullable Base64Text base64;

        @Override
        public byte @Nullable [] take(InputStream body) throws IOException {
            return new BodyFilter(this, REST).copy(body);
        }

        /** What the disk refuses is not the client's fault: the rest of the body is taken, and it gets its answer. */
        @Override
        public String begin() {
            // A member that is given twice counts once: the later one is read.
            drop();
            String word = WORD + UUID.randomUUID();
            words.add(word);
            try {
                StagingFile begun = scratch.create(fileLimit);
                file = begun;
                base64 = new Base64Text(begun);
            } catch (IOException e) {
                notWritten(e);
            }
            return word;
        }

        @Override
        public void put(int c) {
            if (base64 != null) {
                try {
                    base64.put(c);
                } catch (IOException e) {
                    notWritten(e);
                }
            }
        }

        @Override
        public void end() {
            if (file != null && base64 != null) {
                try {
                    Upload upload = finished(file, base64);
                    if (!(upload instanceof Upload.Complete)) {
                        file.discard();
                    }
                    uploads.put(words.getLast(), upload);
                    file = null;
                } catch (IOException e) {
                    notWritten(e);
                }
            }
        }

        private void notWritten(IOException why) {
            base64 = null;
            uploads.put(words.getLast(), new Upload.NotWritten(why));
        }

        private void drop() {
            for (String word : words) {
                if (uploads.remove(word) instanceof Upload.Complete(Staged staged)) {
                    staged.close();
                }
            }
        }

        @Override
        public void close() {
            try {
                drop();
                if (file != null) {
                    file.discard();
                }
            } catch (IOException e) {
                // It stays until the sweep of old scratch.
                file = null;
            } finally {
                room.release();
            }
        }
    }
}
