package dev.parley.server.platform.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The folder that holds what a server keeps on disk. Made with mode 0700; the two secret files in it have mode 0600 and
 * are made at once, complete or not at all, so that several nodes may start on one folder at the same time and agree.
 * Safe for use by many threads and processes.
 */
public final class DataFolder {

    private static final int TOKEN_BYTES = 32;

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens the folder, making it and its parents when they are missing. The mode of one that exists is left as it is.
     *
     * @throws UncheckedIOException when it cannot be made, or is not a folder that can be written
     */
    public static DataFolder open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(
                        absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + absolute + " cannot be made", e);
        }
        if (!Files.isWritable(absolute)) {
            throw new UncheckedIOException(new IOException("the data folder " + absolute + " cannot be written to"));
        }
        return new DataFolder(absolute);
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** Where the partner token is written. */
    public Path partnerTokenFile() {
        return path.resolve("partner-token");
    }

    /** The key in the file {@code secret-key}, made when there is none yet. */
    public MadeSecret secretKey(SecureRandom random) {
        MadeSecret key = SecretFile.readOrMake(path.resolve("secret-key"), () -> SecretKeys.make(random));
        SecretKeys.decode(key.secret().reveal());
        return key;
    }

    /** The token in the file {@code partner-token}, made when there is none yet. */
    public MadeSecret partnerToken(SecureRandom random) {
        return SecretFile.readOrMake(partnerTokenFile(), () -> makeToken(random));
    }

    /** Puts a new token in the place of the partner token's file, at once. */
    public void replacePartnerToken(Secret token) {
        SecretFile.replace(partnerTokenFile(), token);
    }

    private static String makeToken(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return "pp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
