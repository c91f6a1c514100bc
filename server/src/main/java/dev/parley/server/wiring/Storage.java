package dev.parley.server.wiring;

import dev.parley.postgres.ConnectionFile;
import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseChecks;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.server.platform.db.Migrations;
import dev.parley.server.platform.secrets.DataFolder;
import dev.parley.server.platform.settings.DatabaseUrl;
import dev.parley.server.platform.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data folder and the database: an embedded one in the folder, or the operator's own. */
final class Storage implements AutoCloseable {

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    private final DataFolder folder;
    private final @Nullable PostgresServer embedded;
    private final Database database;

    private Storage(DataFolder folder, @Nullable PostgresServer embedded, Database database) {
        this.folder = folder;
        this.embedded = embedded;
        this.database = database;
    }

    /** Opens it, checked and migrated. Starts the embedded database and keeps it running until closed. */
    static Storage open(Settings settings, StartProgress progress) {
        DataFolder folder = DataFolder.open(settings.data());
        DatabaseUrl url = settings.database().url();
        @Nullable PostgresServer embedded = url == null ? startEmbedded(folder, progress) : null;
        try {
            Database database = Database.open(options(settings, embedded));
            return prepared(new Storage(folder, embedded, database), settings, progress);
        } catch (RuntimeException e) {
            if (embedded != null) {
                embedded.close();
            }
            throw e;
        }
    }

    /** As {@link #open}; where a running server holds the embedded database, that one is used and left running. */
    static Storage attach(Settings settings, StartProgress progress) {
        Optional<ConnectionFile> running = settings.database().url() != null
                ? Optional.empty()
                : ConnectionFile.read(postgresFolder(DataFolder.open(settings.data())))
                        .filter(file -> ProcessHandle.of(file.serverPid()).isPresent());
        if (running.isEmpty()) {
            return open(settings, progress);
        }
        ConnectionFile file = running.get();
        Database database = Database.open(
                new DatabaseOptions(file.jdbcUrl(), file.username(), file.password(), 2, true, STATEMENT_LIMIT));
        return new Storage(DataFolder.open(settings.data()), null, database);
    }

    DataFolder folder() {
        return folder;
    }

    Database database() {
        return database;
    }

    private static Storage prepared(Storage storage, Settings settings, StartProgress progress) {
        try {
            // What is embedded has its durable settings forced where it is started.
            if (storage.embedded == null) {
                DatabaseChecks.run(storage.database, settings.database().allowUnsafe());
            }
            progress.step("bringing the database to this release");
            Migrations.run(storage.database);
            return storage;
        } catch (RuntimeException e) {
            storage.database.close();
            throw e;
        }
    }

    private static PostgresServer startEmbedded(DataFolder folder, StartProgress progress) {
        return PostgresServer.start(PostgresOptions.in(postgresFolder(folder)).withProgress(progress::step));
    }

    private static Path postgresFolder(DataFolder folder) {
        return folder.path().resolve("postgres");
    }

    private static DatabaseOptions options(Settings settings, @Nullable PostgresServer embedded) {
        int pool = settings.database().poolSize();
        boolean unsafe = settings.database().allowUnsafe();
        if (embedded != null) {
            return new DatabaseOptions(
                    embedded.jdbcUrl(), embedded.username(), embedded.password(), pool, unsafe, STATEMENT_LIMIT);
        }
        DatabaseUrl url = settings.database().url();
        if (url == null) {
            throw new IllegalStateException("neither an embedded database nor a URL");
        }
        String user = url.user() == null ? System.getProperty("user.name") : url.user();
        String password = url.password() == null ? "" : url.password().reveal();
        return new DatabaseOptions(url.jdbcUrl(), user, password, pool, unsafe, STATEMENT_LIMIT);
    }

    @Override
    public void close() {
        database.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
