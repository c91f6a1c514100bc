package dev.parley.server.media;

import dev.parley.connector.MediaTransfer;
import dev.parley.connector.MediaTransfer.Fetched;
import dev.parley.connector.Outbound;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.media.MediaDownloadStore.Job;
import dev.parley.server.messages.PayloadChange;
import dev.parley.server.platform.db.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gets the files of candidates' messages from their providers, again and again until the provider's time for them is over. Any
 * number of nodes may run it at once.
 */
public final class MediaDownloads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaDownloads.class);
    private static final int AT_ONCE = 16;
    /** Of one organization, whose provider may be slow. */
    private static final int AT_ONCE_OF_ONE = AT_ONCE / 2;

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /** Larger than anything that a provider of ours hands on (WhatsApp: 100 MB). */
    private static final long MOST_BYTES = 110L << 20;

    private final Database database;
    private final AccountReader accounts;
    private final Outbound outbound;
    private final MediaLibrary library;
    private final Scratch scratch;
    private final InstantSource clock;
    private final MediaMeter meter;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("media-download-", 0).factory());

    /** What gets them; driven by {@link #runOneCycle}. */
    public MediaDownloads(
            Database database,
            AccountReader accounts,
            Outbound outbound,
            MediaLibrary library,
            Scratch scratch,
            InstantSource clock,
            MediaMeter meter) {
        this.meter = meter;
        this.database = database;
        this.accounts = accounts;
        this.outbound = outbound;
        this.library = library;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** What came of one try. */
    private sealed interface Outcome {
        record Here(Staged staged, @Nullable String mimeType) implements Outcome {}

        record Never(String code, String detail) implements Outcome {}

        record NotYet(String reason) implements Outcome {}
    }

    /**
     * Begins with those that are due, as many as there is room for beside those under way: a slow one holds up no other. Waits a
     * second for room. How many; call again at once while that is not zero.
     */
    public int runOneCycle() throws InterruptedException {
        if (!room.tryAcquire(1, TimeUnit.SECONDS)) {
            return 0;
        }
        int free = 1 + room.drainPermits();
        List<Job> jobs = List.of();
        try {
            int most = free;
            jobs = database.transact(
                    connection -> MediaDownloadStore.take(connection, most, AT_ONCE_OF_ONE / 2, busy()));
            jobs.forEach(job -> underWay.merge(job.organization(), 1, Integer::sum));
        } finally {
            room.release(free - jobs.size());
        }
        for (Job job : jobs) {
            workers.execute(() -> {
                try {
                    run(job);
                } finally {
                    underWay.computeIfPresent(job.organization(), (id, count) -> count == 1 ? null : count - 1);
                    room.release();
                }
            });
        }
        return jobs.size();
    }

    /** Those whose next ones might be more than one organization may have under way. */
    private Set<UUID> busy() {
        return underWay.entrySet().stream()
                .filter(one -> one.getValue() > AT_ONCE_OF_ONE / 2)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Breaks off what is under way; it is taken again later, by whichever node comes first. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("downloads of files are still under way; they are taken again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Job job) {
        try {
            switch (fetch(job)) {
                case Outcome.Here(Staged staged, String mimeType) -> {
                    try (staged) {
                        library.keep(job.organization(), staged);
                        arrived(job, staged, mimeType);
                    }
                }
                case Outcome.Never(String code, String detail) -> giveUp(job, code, detail);
                case Outcome.NotYet(String reason) -> notYet(job, reason);
            }
        } catch (IOException | RuntimeException e) {
            // Its row is taken again when its ten minutes are over.
            LOG.warn(
                    "the file of message {} could not be got: {}",
                    job.message(),
                    e.getClass().getName());
        }
    }

    private Outcome fetch(Job job) throws IOException {
        Account account = database.call(
                        connection -> Optional.ofNullable(MediaDownloadStore.account(connection, accounts, job)))
                .orElse(null);
        MediaTransfer transfer = account == null ? null : account.connector().media();
        if (account == null || transfer == null) {
            return new Outcome.NotYet("the channel account was removed");
        }
        StagingFile file = scratch.create(MOST_BYTES);
        Outcome outcome = new Outcome.NotYet("it was broken off");
        try {
            MediaTransfer.Fetch fetch = new MediaTransfer.Fetch(job.providerId(), account.settings(), DEADLINE);
            Fetched fetched = transfer.fetch(fetch, outbound, into(file));
            file.close();
            outcome = switch (fetched) {
                case Fetched.Done done -> checked(job, done, file.staged());
                case Fetched.TooLarge() ->
                    new Outcome.Never("media_too_large", "The file is larger than can be kept here.");
                case Fetched.Failed(String reason) -> new Outcome.NotYet(reason);
            };
            return outcome;
        } finally {
            if (!(outcome instanceof Outcome.Here)) {
                file.discard();
            }
        }
    }

    /** Both hashes are of the provider: of the callback and of the look-up. */
    private static Outcome checked(Job job, Fetched.Done done, Staged staged) {
        boolean asToldFirst = job.sha256() == null || job.sha256().equals(staged.sha256());
        boolean asToldNow = done.sha256() == null || done.sha256().equals(staged.sha256());
        return asToldFirst && asToldNow
                ? new Outcome.Here(staged, done.mimeType())
                : new Outcome.NotYet("its bytes do not have the hash that the provider told");
    }

    private static Outbound.Sink into(StagingFile file) {
        return new Outbound.Sink() {
            @Override
            public long limit() {
                return MOST_BYTES;
            }

            @Override
            public OutputStream open() {
                return file;
            }
        };
    }

    private void arrived(Job job, Staged staged, @Nullable String mimeType) {
        meter.stored(MediaMeter.Way.IN, staged.size());
        boolean wanted = change(job, file -> {
            file.put("size", staged.size());
            file.put("sha256", staged.sha256());
            if (!file.path("mime_type").isString()) {
                file.put("mime_type", mimeType);
            }
        });
        meter.tried(wanted ? MediaMeter.Try.DONE : MediaMeter.Try.DROPPED);
    }

    private void giveUp(Job job, String code, String detail) {
        LOG.warn("the file of message {} is given up: {}", job.message(), code);
        boolean wanted = change(job, file -> {
            // After an edit that did not tell whether the file is another, the one that is here goes on standing.
            if (!file.path("size").isIntegralNumber()) {
                file.putObject("error").put("code", code).put("detail", detail);
            }
        });
        meter.tried(wanted ? MediaMeter.Try.GIVEN_UP : MediaMeter.Try.DROPPED);
    }

    /** False when the file is no longer wanted. */
    private boolean change(Job job, Consumer<ObjectNode> change) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.transact(connection -> {
            return MediaDownloadStore.remove(connection, job)
                    && PayloadChange.apply(
                            connection,
                            job.organization(),
                            job.message(),
                            payload -> {
                                if (payload.get(payload.path("type").asString("")) instanceof ObjectNode file) {
                                    change.accept(file);
                                }
                            },
                            at);
        });
    }

    private void notYet(Job job, String reason) {
        if (job.last()) {
            giveUp(job, "media_unavailable", "The provider did not give the file within its 7 days.");
            return;
        }
        LOG.info("the file of message {} is not here after {} tries: {}", job.message(), job.tries(), reason);
        meter.tried(MediaMeter.Try.AGAIN);
        database.transact(connection -> {
            MediaDownloadStore.again(connection, job);
            return true;
        });
    }
}
