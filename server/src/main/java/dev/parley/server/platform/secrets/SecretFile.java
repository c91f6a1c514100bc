package dev.parley.server.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** One secret in one file of mode 0600. */
final class SecretFile {

    private SecretFile() {}

    /**
     * Reads the file, or makes it. A hard link of a finished file is what makes it appear complete and only once: the
     * loser of a race reads the winner's.
     */
    static MadeSecret readOrMake(Path file, Supplier<String> maker) {
        try {
            if (Files.exists(file)) {
                return new MadeSecret(read(file), false);
            }
            Secret made = new Secret(maker.get());
            return link(file, made) ? new MadeSecret(made, true) : new MadeSecret(read(file), false);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be read or made", e);
        }
    }

    static void replace(Path file, Secret secret) {
        try {
            Path finished = write(file, secret);
            Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be written", e);
        }
    }

    private static boolean link(Path file, Secret secret) throws IOException {
        Path finished = write(file, secret);
        try {
            Files.createLink(file, finished);
            syncFolder(file);
            return true;
        } catch (FileAlreadyExistsException anotherNodeWasFirst) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("its file system has no hard links: give the secret as a setting instead", e);
        } finally {
            Files.deleteIfExists(finished);
        }
    }

    private static Path write(Path file, Secret secret) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path temporary =
                Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".new", ownerOnly);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = UTF_8.encode(secret.reveal() + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return temporary;
    }

    /** The name must survive a power cut as well as the content. */
    private static void syncFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Secret read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (text.isEmpty()) {
            throw new IOException("it is empty: delete it to have a new one made, or restore it");
        }
        return new Secret(text);
    }
}
