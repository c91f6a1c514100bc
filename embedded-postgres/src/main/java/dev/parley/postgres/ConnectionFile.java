package dev.parley.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to reach the database that runs on a folder, for a second process such as a command-line tool. The file
 * {@code connection.properties} in the folder can be read by its owner only.
 *
 * @param jdbcUrl without the password
 * @param username the account in the database
 * @param password its password
 * @param port on 127.0.0.1
 * @param serverPid the process that holds the folder; 0 once it has let go
 */
public record ConnectionFile(String jdbcUrl, String username, String password, int port, long serverPid) {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFile.class);
    private static final long NOBODY = 0;
    private static final String FILE = "connection.properties";

    /**
     * The connection to the database on {@code folder}, if its server is running.
     *
     * @throws PostgresException when the file is there but cannot be read
     */
    public static Optional<ConnectionFile> read(Path folder) {
        return load(folder)
                .filter(file ->
                        OsProcess.find(file.serverPid).filter(OsProcess::alive).isPresent());
    }

    /** As {@link #read}, whether the server runs or not. */
    static Optional<ConnectionFile> load(Path folder) {
        Path file = folder.resolve(FILE);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            return Optional.of(new ConnectionFile(
                    required(properties, "url"),
                    required(properties, "username"),
                    required(properties, "password"),
                    Integer.parseInt(required(properties, "port")),
                    Long.parseLong(required(properties, "serverPid"))));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new PostgresException(file + " cannot be read. It belongs to the account that runs the server; when"
                    + " it is damaged, remove it and start the server again.");
        }
    }

    /** Marks it as no longer running; keeps the port for the next start. */
    static void released(Path folder) {
        try {
            Optional<ConnectionFile> last = load(folder);
            if (last.isPresent()) {
                last.get().heldBy(NOBODY).write(folder);
            }
        } catch (PostgresException | IOException notNoted) {
            LOG.warn("{} could not be updated: {}", folder.resolve(FILE), notNoted.getMessage());
        }
    }

    void write(Path folder) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("url", jdbcUrl);
        properties.setProperty("username", username);
        properties.setProperty("password", password);
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("serverPid", Long.toString(serverPid));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Folders.writeSecret(folder.resolve(FILE), text.toString());
    }

    /** The port of the last run; 0 when unknown. A damaged file only costs the same port. */
    static int lastPort(Path folder) {
        try {
            return load(folder).map(ConnectionFile::port).orElse(0);
        } catch (PostgresException damaged) {
            return 0;
        }
    }

    private ConnectionFile heldBy(long pid) {
        return new ConnectionFile(jdbcUrl, username, password, port, pid);
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "ConnectionFile[jdbcUrl=" + jdbcUrl + ", username=" + username + ", serverPid=" + serverPid + "]";
    }
}
