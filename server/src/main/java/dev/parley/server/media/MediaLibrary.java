package dev.parley.server.media;

import dev.parley.connector.ByteSource;
import dev.parley.server.platform.db.Database;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** The stored contents: files and their rows together. Safe for use by many threads and nodes at once. */
public final class MediaLibrary {

    private final Database database;
    private final MediaFiles files;

    /** @param files where the bytes are */
    public MediaLibrary(Database database, MediaFiles files) {
        this.database = database;
        this.files = files;
    }

    /**
     * Refuses to work with another place than the one that this database's files are in.
     *
     * @throws IllegalStateException when it is another; the text says what to do
     */
    public void checkPlace() throws IOException {
        UUID here = files.placeId();
        UUID known = database.transact(connection -> MediaRowStore.place(connection, here));
        if (!known.equals(here)) {
            throw new IllegalStateException("The media of this database are in another place (its store-id is " + known
                    + ", here it is " + here + "). Give every node the same data folder or bucket (media.store, data,"
                    + " media.s3.…). If the files are lost for good, write the first id into store-id here.");
        }
    }

    /**
     * Stores a file. When this returns, a message that names it may be committed within ten minutes: until then nothing
     * removes it, and after that nothing does while a message names it.
     */
    void keep(UUID organization, Staged staged) throws IOException {
        String sha256 = staged.sha256();
        // What is there already, and named by nobody, must not be removed between the look at it and the row below.
        database.transact(connection -> {
            MediaRowStore.keep(connection, organization, sha256);
            return true;
        });
        files.put(organization, sha256, staged.path());
        database.transact(connection -> {
            MediaRowStore.touch(connection, organization, sha256, staged.size());
            return true;
        });
        if (!files.has(organization, sha256)) {
            // It was found without a row, and removed for that at this very moment.
            files.put(organization, sha256, staged.path());
        }
    }

    /** Whether it is there. */
    boolean has(UUID organization, String sha256) throws IOException {
        return files.has(organization, sha256);
    }

    /** A part of a content. */
    ByteSource part(UUID organization, String sha256, long from, long length) {
        return new ByteSource() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() throws IOException {
                return files.open(organization, sha256, from, length);
            }
        };
    }

    /** The whole of a content of that size. */
    public ByteSource bytes(UUID organization, String sha256, long size) {
        return part(organization, sha256, 0, size);
    }
}
