package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a PostgreSQL must be so that a 201 is durable. */
public final class DatabaseChecks {

    private static final int OLDEST = 180_000;

    private DatabaseChecks() {}

    /**
     * Refuses a server that is too old, that is a replica, or that may forget what it has committed.
     *
     * @param allowUnsafe accepts a server that may forget
     * @throws UnusableDatabaseException naming everything that is wrong
     */
    public static void run(Database database, boolean allowUnsafe) {
        List<String> unfit = database.call(DatabaseChecks::unfit);
        List<String> forgetful = allowUnsafe ? List.of() : database.call(DatabaseChecks::forgetful);
        if (unfit.isEmpty() && forgetful.isEmpty()) {
            return;
        }
        List<String> faults = new ArrayList<>(unfit);
        faults.addAll(forgetful);
        String way = unfit.isEmpty() ? ", or set database.allowUnsafe for data that may be lost." : ".";
        throw new UnusableDatabaseException(
                "This PostgreSQL can't hold Parley's data: " + String.join("; ", faults) + ". Change it" + way);
    }

    /** What nobody can allow. */
    private static List<String> unfit(Connection connection) throws SQLException {
        List<String> faults = new ArrayList<>();
        int version = Integer.parseInt(show(connection, "server_version_num"));
        if (version < OLDEST) {
            faults.add("it is version " + version / 10_000 + ", and 18 or newer is needed");
        }
        if (!show(connection, "in_hot_standby").equals("off")) {
            faults.add(
                    "it is a replica, which takes no writes (name its primary, or all hosts with commas between them)");
        }
        return faults;
    }

    /** Settings by which it may forget what it has committed. */
    private static List<String> forgetful(Connection connection) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (String setting : List.of("fsync", "full_page_writes")) {
            if (!show(connection, setting).equals("on")) {
                faults.add(setting + " is off");
            }
        }
        return faults;
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
