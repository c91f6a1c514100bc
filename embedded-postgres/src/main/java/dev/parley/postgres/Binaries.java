package dev.parley.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * PostgreSQL's programs, unpacked once into a cache folder that several processes may share. A folder is complete or
 * not there; one that was damaged later (temporary folders get cleaned) is made again.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path home) {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Object IN_THIS_PROCESS = new Object();

    /** The version of the binaries on the class path, for example {@code 18.6.0}. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream stream = resource("binaries.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new PostgresException("The version of the PostgreSQL binaries cannot be read", e);
        }
        return properties.getProperty("version", "unknown");
    }

    /** The first number of {@link #version()}, which a cluster's files depend on. */
    static String major() {
        String version = version();
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    /** Path of a program of this PostgreSQL. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Finds the binaries in {@code cache}, or unpacks them there. */
    static Binaries in(Path cache, Consumer<String> progress) {
        requirePlatform();
        Path home = cache.resolve(version());
        try {
            Folders.create(cache);
            requireOwn(cache);
            if (Manifest.intact(home)) {
                return new Binaries(home);
            }
            synchronized (IN_THIS_PROCESS) {
                unpackLocked(cache, home, progress);
            }
            return new Binaries(home);
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL could not be unpacked into " + cache + " (" + e
                    + "). It needs about 100 MB there; or use a PostgreSQL of your own with --database-url.");
        }
    }

    private static void unpackLocked(Path cache, Path home, Consumer<String> progress) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        cache.resolve(version() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid() || Manifest.intact(home)) {
                return;
            }
            progress.accept("unpacking PostgreSQL");
            for (Path left : Folders.startingWith(cache, version() + ".part")) {
                Folders.delete(left);
            }
            Path part = cache.resolve(version() + ".part");
            try (InputStream archive = new BufferedInputStream(resource(ARCHIVE))) {
                Unpacker.unpack(archive, part);
            }
            Manifest.write(part);
            // One sync of the file system instead of a thousand of single files; without the tool the manifest notices.
            Commands.run(List.of("sync", "-f", part.toString()), Duration.ofMinutes(2));
            Folders.delete(home);
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(cache);
        }
    }

    /** Programs that somebody else can exchange must not be run. */
    private static void requireOwn(Path cache) throws IOException {
        int owner = Folders.owner(cache);
        int mode = (Integer) Files.getAttribute(cache, "unix:mode");
        boolean writableByOthers = (mode & 0022) != 0;
        if ((owner != 0 && owner != Account.currentUid()) || writableByOthers) {
            throw new PostgresException("The folder for PostgreSQL's programs, " + cache
                    + ", belongs to another account or can be written by others. Remove it, or choose another one.");
        }
    }

    private static void requirePlatform() {
        String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
        if (!system.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new PostgresException("The embedded PostgreSQL runs on Linux on x86-64, and this is " + system
                    + ". Use a PostgreSQL 18 of your own with --database-url.");
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = Binaries.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("not on the class path: " + name);
        }
        return stream;
    }
}
