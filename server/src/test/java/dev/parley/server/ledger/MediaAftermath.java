package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.media.FolderFiles;
import dev.parley.server.media.MediaSweep;
import dev.parley.server.media.Scratch;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is left in the database and the media folder of nodes, and the sweeps that tidy both, run as another node does. */
final class MediaAftermath implements AutoCloseable {

    private static final String NAMED = """
            select distinct organization_id || '/' || (payload -> (payload ->> 'type') ->> 'sha256') from messages
            where payload -> (payload ->> 'type') -> 'size' is not null
            """;

    private final Database database;
    private final Path folder;

    /** @param data the data folder of the nodes */
    MediaAftermath(String jdbcUrl, String username, String password, Path data) {
        database = Database.open(new DatabaseOptions(jdbcUrl, username, password, 2, true, Duration.ofSeconds(30)));
        folder = data.resolve("media");
    }

    /** What a killed node had taken to fetch is another's now, and not only after ten minutes. */
    void letOthersFetch() {
        execute("update media_downloads set due_at = parley_now() where due_at > parley_now() + interval '1 minute'");
    }

    /** What could not be fetched is tried again now, and not only when its growing gap is over. */
    void fetchAtOnce() {
        execute("update media_downloads set due_at = parley_now()"
                + " where due_at between parley_now() and parley_now() + interval '1 minute'");
    }

    /** Leaves what a node does that is killed after it stored a file, before its row or before its message. */
    void leaveStrays() {
        String organization =
                query("select organization_id::text from media_files").first();
        leave(organization, "a".repeat(64));
        leave(organization, "b".repeat(64));
        execute("insert into media_files (organization_id, sha256, size, touched_at, check_at) values ('" + organization
                + "', '" + "b".repeat(64) + "', 5, parley_now(), parley_now() + interval '10 minutes')");
        try {
            Files.writeString(folder.resolve("scratch").resolve("left.part"), "stray");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void leave(String organization, String sha256) {
        try {
            Path shard = Files.createDirectories(folder.resolve(organization).resolve(sha256.substring(0, 2)));
            Files.writeString(shard.resolve(sha256), "stray");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks at every content, as is done when the times of all are over. */
    void sweep() throws IOException {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(26));
        MediaSweep sweep =
                new MediaSweep(database, new FolderFiles(folder), new Scratch(folder.resolve("scratch")), later);
        sweep.adoptStrays();
        execute("update media_files set touched_at = parley_now() - interval '1 hour', check_at = parley_now()"
                + " where check_at is not null");
        int looked = sweep.runOneCycle();
        while (looked > 0) {
            looked = sweep.runOneCycle();
        }
    }

    /** No file without a message, no message without its file, and nothing half written. */
    void check(String seed) {
        Set<String> named = query(NAMED);
        assertThat(named).as("contents of messages").isNotEmpty();
        assertThat(files(path -> true)).as("contents in the folder, %s", seed).isEqualTo(named);
        assertThat(query("select organization_id || '/' || sha256 from media_files"))
                .as("rows of contents, %s", seed)
                .isEqualTo(named);
        assertThat(folder.resolve("scratch")).as("half written, %s", seed).isEmptyDirectory();
        assertThat(query("select message_id::text from media_downloads"))
                .as("still to be fetched, %s", seed)
                .isEmpty();
    }

    /** Whether a content is in the folder. */
    boolean has(String sha256) {
        return !files(path -> path.endsWith(sha256)).isEmpty();
    }

    private Set<String> files(Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() == 64)
                    .filter(wanted)
                    .map(file -> folder.relativize(file).getName(0) + "/" + file.getFileName())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TreeSet<String> query(String sql) {
        return database.call(connection -> read(connection, sql));
    }

    private static TreeSet<String> read(Connection connection, String sql) throws SQLException {
        TreeSet<String> found = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) {
        database.transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
