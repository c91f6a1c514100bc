package dev.parley.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Contents as files: {@code <folder>/<organization>/<first two digits>/<sha256>}. A file appears under its name only when it is
 * whole and on disk: it is written elsewhere on the same file system, forced, renamed, and its folder forced.
 */
public final class FolderFiles implements MediaFiles {

    private static final String PLACE = "store-id";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ORGANIZATION = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path folder;

    /** @param folder is made when it is not there; the same for all nodes */
    public FolderFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public UUID placeId() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(PLACE);
        if (!Files.exists(file)) {
            // Two nodes that start at once agree: a link is not made over another.
            Path mine = Files.createTempFile(folder, PLACE, ".new");
            Files.writeString(mine, UUID.randomUUID() + "\n");
            force(mine);
            try {
                Files.createLink(file, mine);
            } catch (FileAlreadyExistsException e) {
                Files.deleteIfExists(mine);
            }
            Files.deleteIfExists(mine);
            force(folder);
        }
        return UUID.fromString(Files.readString(file, StandardCharsets.UTF_8).strip());
    }

    @Override
    public boolean has(UUID organization, String sha256) {
        return Files.isRegularFile(path(organization, sha256));
    }

    @Override
    public void put(UUID organization, String sha256, Path staged) throws IOException {
        Path target = path(organization, sha256);
        if (Files.isRegularFile(target)) {
            return;
        }
        force(staged);
        Path shard = Objects.requireNonNull(target.getParent());
        boolean made = !Files.isDirectory(shard);
        Files.createDirectories(shard);
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        force(shard);
        if (made) {
            force(folder.resolve(organization.toString()));
            force(folder);
        }
    }

    @Override
    public InputStream open(UUID organization, String sha256, long from, long length) throws IOException {
        FileChannel channel = FileChannel.open(path(organization, sha256), StandardOpenOption.READ);
        try {
            channel.position(from);
            return new BoundedStream(Channels.newInputStream(channel), length);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void delete(UUID organization, String sha256) throws IOException {
        Files.deleteIfExists(path(organization, sha256));
    }

    @Override
    public void each(Instant before, Visitor visitor) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> organizations = Files.newDirectoryStream(folder, FolderFiles::isOrganization)) {
            for (Path organization : organizations) {
                try (DirectoryStream<Path> shards = Files.newDirectoryStream(organization, Files::isDirectory)) {
                    for (Path shard : shards) {
                        visit(UUID.fromString(organization.getFileName().toString()), shard, before, visitor);
                    }
                }
            }
        }
    }

    private static void visit(UUID organization, Path shard, Instant before, Visitor visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                try {
                    boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(before);
                    if (old && SHA256.matcher(name).matches()) {
                        visitor.visit(organization, name, Files.size(file));
                    }
                } catch (NoSuchFileException e) {
                    // Another node took it away meanwhile.
                }
            }
        }
    }

    private static boolean isOrganization(Path path) {
        return ORGANIZATION.matcher(path.getFileName().toString()).matches() && Files.isDirectory(path);
    }

    private Path path(UUID organization, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal");
        }
        return folder.resolve(organization.toString())
                .resolve(sha256.substring(0, 2))
                .resolve(sha256);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
