package dev.parley.server.media;

import dev.parley.server.media.MediaRowStore.Due;
import dev.parley.server.platform.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Removes contents that no message names any more, with their files. Any number of nodes may run it at once: a content is
 * removed under its row's lock, which storing the same content anew waits for.
 */
public final class MediaSweep {

    private static final int MOST = 100;

    /** Longer than any request works on a staged file. */
    private static final Duration STRAY = Duration.ofHours(1);

    private final Database database;
    private final MediaFiles files;
    private final Scratch scratch;
    private final InstantSource clock;

    /** A sweep that is driven by {@link #runOneCycle} and {@link #adoptStrays}. */
    public MediaSweep(Database database, MediaFiles files, Scratch scratch, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** Looks at some contents; how many. Call again at once while that is not zero. */
    public int runOneCycle() {
        return database.transact(this::sweep);
    }

    private int sweep(Connection connection) throws SQLException {
        List<Due> due = MediaRowStore.due(connection, MOST);
        for (Due content : due) {
            if (content.named()) {
                MediaRowStore.stays(connection, content);
            } else {
                remove(connection, content);
            }
        }
        return due.size();
    }

    private void remove(Connection connection, Due content) throws SQLException {
        try {
            files.delete(content.organization(), content.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException("a file can't be removed", e);
        }
        MediaRowStore.remove(connection, content);
    }

    /** Finds files without a row, which a node left that was killed between the two; they become due. Also old scratch. */
    public int adoptStrays() {
        try {
            files.each(
                    clock.instant().minus(STRAY),
                    (organization, sha256, size) -> database.transact(connection -> {
                        MediaRowStore.adopt(connection, organization, sha256, size);
                        return true;
                    }));
            scratch.removeBefore(clock.instant().minus(STRAY.multipliedBy(24)));
        } catch (IOException e) {
            throw new UncheckedIOException("the media store could not be looked through", e);
        }
        database.transact(connection -> {
            MediaRowStore.removeOldUploads(connection);
            return true;
        });
        return 0;
    }
}
