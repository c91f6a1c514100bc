package dev.parley.server.wiring;

import dev.parley.connector.MediaKind;
import dev.parley.connector.MediaRule;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.media.FolderFiles;
import dev.parley.server.media.MediaDownloads;
import dev.parley.server.media.MediaFiles;
import dev.parley.server.media.MediaLibrary;
import dev.parley.server.media.MediaMeter;
import dev.parley.server.media.MediaSweep;
import dev.parley.server.media.MediaTaking;
import dev.parley.server.media.S3Files;
import dev.parley.server.media.Scratch;
import dev.parley.server.media.Uploads;
import dev.parley.server.payloads.MediaPayload;
import dev.parley.server.payloads.PayloadKind;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.settings.MediaPlace;
import dev.parley.server.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that messages carry: where they are, what takes them in, and what removes them. */
record Media(
        MediaFiles files, Scratch scratch, MediaLibrary library, Uploads uploads, MediaTaking taking, MediaMeter meter)
        implements AutoCloseable {

    /** Opens the place, which must be the one that the database knows. */
    static Media open(Platform platform, Path data) throws IOException {
        Settings.Media settings = platform.settings().media();
        Path folder = data.resolve("media");
        MediaFiles files =
                settings.store() == MediaPlace.S3 ? S3Files.open(options(settings.s3())) : new FolderFiles(folder);
        try {
            Scratch scratch = new Scratch(folder.resolve("scratch"));
            MediaLibrary library = new MediaLibrary(platform.database(), files);
            library.checkPlace();
            long most = platform.connectors().stream()
                    .flatMap(connector -> connector.capabilities().media().values().stream())
                    .mapToLong(MediaRule::maxBytes)
                    .max()
                    .orElse(0);
            MediaMeter meter = new MediaMetrics(platform.metrics().registry());
            Uploads uploads = new Uploads(scratch, most, settings.uploadsAtOnce(), meter);
            MediaTaking taking = new MediaTaking(
                    library,
                    uploads,
                    scratch,
                    platform.outbound(),
                    platform.guard()::problemWith,
                    most,
                    meter,
                    platform.quotas().storage());
            return new Media(files, scratch, library, uploads, taking, meter);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** The kinds of payload that have a file. */
    List<PayloadKind> kinds() {
        return Stream.of(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.DOCUMENT)
                .<PayloadKind>map(kind -> new MediaPayload(kind, taking))
                .toList();
    }

    MediaSweep sweep(Platform platform) {
        return new MediaSweep(platform.database(), files, scratch, platform.clock());
    }

    MediaDownloads downloads(Platform platform, AccountReader accounts) {
        return new MediaDownloads(
                platform.database(), accounts, platform.outbound(), library, scratch, platform.clock(), meter);
    }

    private static S3Files.Options options(Settings.S3 s3) {
        if (s3.bucket() == null) {
            throw new IllegalStateException("media.s3.bucket is missing: name the bucket, or set media.store=folder.");
        }
        return new S3Files.Options(
                s3.bucket(), s3.endpoint(), s3.region(), text(s3.accessKey()), text(s3.secretKey()), s3.pathStyle());
    }

    private static @Nullable String text(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    @Override
    public void close() {
        files.close();
    }
}
