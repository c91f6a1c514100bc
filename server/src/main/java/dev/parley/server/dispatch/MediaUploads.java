package dev.parley.server.dispatch;

import dev.parley.connector.Content;
import dev.parley.connector.MediaTransfer;
import dev.parley.connector.MediaTransfer.Uploaded;
import dev.parley.connector.Outbound;
import dev.parley.connector.ProviderError;
import dev.parley.connector.SendResult;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that a provider has the file of a message before the message is handed over. Whatever goes wrong here, nothing has
 * gone to the candidate: while a file is on its way the attempt says so, so that not even a crash leaves a doubt. Safe for use
 * by many threads at once.
 */
final class MediaUploads {

    /** A message's file, ready or not. */
    sealed interface Prepared {
        /** The file with the id under which the provider knows it. */
        record Ready(Content.Media file) implements Prepared {}

        /** Another message's upload of it had to be waited for, and is done. */
        record Waited() implements Prepared {}

        /** It could not be prepared; certainly nothing was sent. */
        record Not(SendResult result) implements Prepared {}
    }

    private final Database database;
    private final MediaBytes bytes;
    private final Outbound outbound;
    /** Of contents that are being uploaded by this node; who waits for one finds the id in the database. */
    private final Map<List<Object>, ReentrantLock> underWay = new ConcurrentHashMap<>();

    MediaUploads(Database database, MediaBytes bytes, Outbound outbound) {
        this.database = database;
        this.bytes = bytes;
        this.outbound = outbound;
    }

    /** @param left how long it may take */
    Prepared prepare(Duty duty, MediaTransfer transfer, Content.Media file, Duration left) {
        try {
            Optional<String> known = find(duty, file);
            return known.isPresent()
                    ? new Prepared.Ready(file.under(known.get()))
                    : oneAtATime(duty, transfer, file, System.nanoTime() + left.toNanos());
        } catch (DatabaseException e) {
            return notSent("the database could not be asked for the file's id");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notSent("the node was stopped");
        }
    }

    /** What the provider said it does not know is uploaded anew next time. */
    void forget(Duty duty, Content.Media file) {
        try {
            database.transact(connection -> {
                MediaUploadStore.forget(connection, duty, file);
                return true;
            });
        } catch (DatabaseException e) {
            // Then it is tried with the same id, and forgotten after that.
        }
    }

    private Prepared oneAtATime(Duty duty, MediaTransfer transfer, Content.Media file, long end)
            throws InterruptedException {
        List<Object> key = List.of(duty.account().id(), file.sha256(), file.mimeType());
        ReentrantLock lock = underWay.computeIfAbsent(key, added -> new ReentrantLock());
        boolean waits = !lock.tryLock();
        if (waits && !lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return notSent("another upload of the same file took too long");
        }
        try {
            Optional<String> known = find(duty, file);
            if (known.isEmpty()) {
                return upload(duty, transfer, file, Duration.ofNanos(end - System.nanoTime()));
            }
            return waits ? new Prepared.Waited() : new Prepared.Ready(file.under(known.get()));
        } finally {
            lock.unlock();
            if (!lock.hasQueuedThreads()) {
                underWay.remove(key, lock);
            }
        }
    }

    private Prepared upload(Duty duty, MediaTransfer transfer, Content.Media file, Duration left) {
        if (!preparing(duty, true)) {
            return notSent("the attempt was ended by another node");
        }
        MediaTransfer.Upload upload = new MediaTransfer.Upload(
                file.kind(),
                file.mimeType(),
                file.sha256().substring(0, 16),
                file.sha256(),
                bytes.of(duty.message().organizationId(), file.sha256(), file.size()),
                duty.account().settings(),
                left);
        return switch (transfer.upload(upload, outbound)) {
            case Uploaded.Refused(ProviderError error) -> new Prepared.Not(new SendResult.Refused(error));
            case Uploaded.Failed(String reason) -> notSent(reason);
            case Uploaded.Done(String id, Duration lifetime) -> {
                database.transact(connection -> {
                    MediaUploadStore.save(connection, duty, file, id, lifetime);
                    return true;
                });
                yield preparing(duty, false)
                        ? new Prepared.Ready(file.under(id))
                        : notSent("the attempt was ended by another node");
            }
        };
    }

    private boolean preparing(Duty duty, boolean preparing) {
        return database.transact(connection -> MediaUploadStore.preparing(connection, duty, preparing));
    }

    private Optional<String> find(Duty duty, Content.Media file) {
        return database.call(connection -> Optional.ofNullable(MediaUploadStore.find(connection, duty, file)));
    }

    private static Prepared notSent(String reason) {
        return new Prepared.Not(new SendResult.NotSent(reason));
    }
}
