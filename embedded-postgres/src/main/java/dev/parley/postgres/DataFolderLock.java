package dev.parley.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One process per data folder: a lock of the operating system on the file {@code lock} in it. The system itself lets
 * go of it when the process ends, however it ends. The file holds the process id, for the message only.
 */
public final class DataFolderLock implements AutoCloseable {
    private static final String FILE = "lock";
    /**
     * Folders that this process holds. Closing any channel on a file drops all of the process's locks on it (POSIX), so
     * a second attempt within this process must be turned away before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private DataFolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is made when missing.
     *
     * @throws DataFolderInUseException when somebody holds it already
     * @throws PostgresException when the folder cannot be written
     */
    public static DataFolderLock acquire(Path folder) {
        try {
            Folders.create(folder);
            Path real = folder.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(real, Long.toString(ProcessHandle.current().pid()));
            }
            return lock(real);
        } catch (IOException e) {
            throw new PostgresException("The data folder " + folder + " cannot be written (" + e
                    + "). Give its path to the account that runs the server, or choose another folder with --data.");
        }
    }

    private static DataFolderLock lock(Path real) throws IOException {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(
                    real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                throw inUse(real, holder(channel));
            }
            writePid(channel);
            taken = true;
            return new DataFolderLock(real, channel);
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(real);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void writePid(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static DataFolderInUseException inUse(Path folder, String pid) {
        return new DataFolderInUseException("The data folder " + folder + " is in use by process " + pid
                + ". Stop that process, or choose another folder with --data.");
    }

    /** Lets go of the folder. The file stays: removing it would let two processes lock two different files. */
    @Override
    public void close() {
        if (!held.getAndSet(false)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new PostgresException("The lock of " + folder + " could not be released", e);
        } finally {
            HELD.remove(folder);
        }
    }
}
