package dev.parley.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.postgres.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Both places where files are kept, and what keeps them and their rows together. */
final class MediaFilesTest {

    @TempDir
    static Path folder;

    private static final UUID ORGANIZATION = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static TestDatabase test;
    private static Database database;
    private static LocalS3 s3;
    private static Scratch scratch;

    @BeforeAll
    static void start() throws IOException {
        test = Schema.create();
        database = Schema.open(test);
        s3 = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        s3.start();
        URI endpoint = URI.create("http://127.0.0.1:" + s3.getPort());
        try (S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of("us-east-1"))
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build()) {
            client.createBucket(request -> request.bucket("media"));
        }
        scratch = new Scratch(folder.resolve("scratch"));
    }

    @AfterAll
    static void stop() {
        s3.shutdown();
        database.close();
        test.close();
    }

    @Test
    void aFolderKeepsFiles() throws Exception {
        keepsFiles(new FolderFiles(folder.resolve("files")));
    }

    @Test
    void aBucketKeepsFiles() throws Exception {
        keepsFiles(bucket());
    }

    private static MediaFiles bucket() {
        return S3Files.open(new S3Files.Options(
                "media", URI.create("http://127.0.0.1:" + s3.getPort()), "us-east-1", "key", "secret", true));
    }

    private static void keepsFiles(MediaFiles files) throws Exception {
        Staged staged = staged("0123456789");
        assertThat(files.has(ORGANIZATION, staged.sha256())).isFalse();
        files.put(ORGANIZATION, staged.sha256(), staged.path());
        files.put(ORGANIZATION, staged.sha256(), staged("0123456789").path());
        assertThat(files.has(ORGANIZATION, staged.sha256())).isTrue();
        assertThat(files.has(UUID.randomUUID(), staged.sha256())).isFalse();
        assertThat(read(files, staged, 0, 10)).isEqualTo("0123456789");
        assertThat(read(files, staged, 3, 4)).isEqualTo("3456");
        assertThat(files.placeId()).isEqualTo(files.placeId());
        List<String> seen = new ArrayList<>();
        files.each(
                Instant.now().plus(Duration.ofHours(1)),
                (organization, sha256, size) -> seen.add(organization + " " + sha256 + " " + size));
        assertThat(seen).containsExactly(ORGANIZATION + " " + staged.sha256() + " 10");
        seen.clear();
        files.each(Instant.now().minus(Duration.ofHours(1)), (organization, sha256, size) -> seen.add(sha256));
        assertThat(seen).isEmpty();
        files.delete(ORGANIZATION, staged.sha256());
        files.delete(ORGANIZATION, staged.sha256());
        assertThat(files.has(ORGANIZATION, staged.sha256())).isFalse();
        assertThatThrownBy(() -> read(files, staged, 0, 10)).isInstanceOf(NoSuchFileException.class);
        files.close();
    }

    @Test
    void removesWhatNoMessageNamesAndWhatHasNoRow() throws Exception {
        Path place = folder.resolve("swept");
        FolderFiles files = new FolderFiles(place);
        MediaLibrary library = new MediaLibrary(database, files);
        MediaSweep sweep = new MediaSweep(database, files, scratch, InstantSource.system());
        Staged named = staged("named");
        Staged unnamed = staged("unnamed");
        Staged stray = staged("stray");
        library.keep(ORGANIZATION, named);
        library.keep(ORGANIZATION, unnamed);
        files.put(ORGANIZATION, stray.sha256(), stray.path());
        message(named.sha256());
        assertThat(sweep.runOneCycle()).isZero();
        sql("update media_files set check_at = parley_now()");
        sweep.adoptStrays();
        sweep.runOneCycle();
        assertThat(files.has(ORGANIZATION, named.sha256())).isTrue();
        assertThat(files.has(ORGANIZATION, unnamed.sha256())).isFalse();
        // It was put there a moment ago, so its row may still come.
        assertThat(files.has(ORGANIZATION, stray.sha256())).isTrue();
        Files.setLastModifiedTime(
                place.resolve(ORGANIZATION.toString())
                        .resolve(stray.sha256().substring(0, 2))
                        .resolve(stray.sha256()),
                FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        sweep.adoptStrays();
        assertThat(sweep.runOneCycle()).isEqualTo(1);
        assertThat(files.has(ORGANIZATION, stray.sha256())).isFalse();
        sql("update messages set payload = null, deleted_at = now()");
        assertThat(sweep.runOneCycle()).isZero();
        sql("update media_files set check_at = parley_now()");
        sweep.runOneCycle();
        assertThat(files.has(ORGANIZATION, named.sha256())).isFalse();
        assertThat(count()).isZero();
    }

    @Test
    void storesNothingHalfwayWhenThePlaceFails() throws Exception {
        Path place = folder.resolve("failing");
        Staged staged = staged("half");
        Files.createDirectories(place);
        // A file stands where the organization's folder should be.
        Files.writeString(place.resolve(ORGANIZATION.toString()), "in the way");
        MediaLibrary library = new MediaLibrary(database, new FolderFiles(place));
        assertThatThrownBy(() -> library.keep(ORGANIZATION, staged)).isInstanceOf(IOException.class);
        assertThat(rowOf(staged)).isZero();
        Files.delete(place.resolve(ORGANIZATION.toString()));
        library.keep(ORGANIZATION, staged);
        assertThat(library.has(ORGANIZATION, staged.sha256())).isTrue();
        sql("delete from media_files");
    }

    @Test
    void refusesAnotherPlaceThanTheDatabaseKnows() throws Exception {
        new MediaLibrary(database, new FolderFiles(folder.resolve("first"))).checkPlace();
        new MediaLibrary(database, new FolderFiles(folder.resolve("first"))).checkPlace();
        MediaLibrary other = new MediaLibrary(database, new FolderFiles(folder.resolve("second")));
        assertThatThrownBy(other::checkPlace)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in another place");
    }

    private static Staged staged(String text) throws IOException {
        StagingFile file = scratch.create(1_000);
        file.write(text.getBytes(StandardCharsets.UTF_8));
        file.close();
        return file.staged();
    }

    private static String read(MediaFiles files, Staged staged, long from, long length) throws IOException {
        try (InputStream in = files.open(ORGANIZATION, staged.sha256(), from, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void message(String sha256) {
        sql("insert into messages (organization_id, id, thread_id, account_id, origin, payload, delivery_status, phase,"
                + " created_at, updated_at) values ('" + ORGANIZATION + "', gen_random_uuid(), gen_random_uuid(),"
                + " gen_random_uuid(), 'outbound', '{\"type\":\"image\",\"image\":{\"sha256\":\"" + sha256
                + "\"}}', 'accepted', 'done', now(), now())");
    }

    private static int rowOf(Staged staged) {
        return number("select count(*) from media_files where sha256 = '" + staged.sha256() + "'");
    }

    private static int count() {
        return number("select count(*) from media_files");
    }

    private static int number(String query) {
        return database.call(connection -> {
            try (Statement statement = connection.createStatement();
                    var row = statement.executeQuery(query)) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private static void sql(String change) {
        database.transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(change);
            }
        });
    }
}
