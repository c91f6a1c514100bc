package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Under which conditions a table was made. */
final class Conditions {

    private Conditions() {}

    static void print(FloorDatabase database) throws IOException, SQLException {
        machine();
        System.out.println("PostgreSQL " + database.version() + ": " + String.join(", ", database.promises()));
    }

    static void machine() throws IOException {
        System.out.printf(
                "%n%s, %s %s, %d processors, load %s; Java %s%n",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                load(),
                Runtime.version());
    }

    /** Processes that ran or wanted to, on average over the last minute. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }
}
