package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.NullUnmarked;

/** A table of words, and transactions that write one each: some of them are lost, and their numbers given again. */
@NullUnmarked
final class LostWords {

    static final String TABLE = "create table words (word text)";

    private LostWords() {}

    /** Writes a word; the {@link TransactionId} of who does. */
    static String insert(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("insert into words values ('x') returning " + TransactionId.SQL)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Writes words until a transaction has that number, or a later one; its {@link TransactionId}. */
    static String insertUntil(Database database, String transactionId) {
        String latest;
        do {
            latest = database.transact(LostWords::insert);
        } while (number(latest) < number(transactionId));
        return latest;
    }

    /** Without the timeline. */
    static long number(String transactionId) {
        return Long.parseLong(transactionId.replaceFirst("/.*", ""));
    }
}
