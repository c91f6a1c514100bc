package dev.parley.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.media.MediaDownloadStore.Job;
import dev.parley.server.platform.db.Database;
import dev.parley.testkit.postgres.TestDatabase;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Files of one organization, whose provider may be slow, leave room for those of others. */
class DownloadTurnsTest {

    private static final UUID MANY = new UUID(1, 1);
    private static final UUID FEW = new UUID(2, 2);

    @Test
    void olderOnesOfOneLetNewerOnesOfOthersPass() {
        try (TestDatabase test = Schema.create();
                Database database = Schema.open(test)) {
            due(database, MANY, 20, "2 hours");
            due(database, FEW, 2, "1 minute");
            assertThat(take(database, Set.of()))
                    .hasSize(6)
                    .filteredOn(FEW::equals)
                    .hasSize(2);
            assertThat(take(database, Set.of(MANY))).isEmpty();
            assertThat(take(database, Set.of())).hasSize(4);
        }
    }

    private static List<UUID> take(Database database, Set<UUID> busy) {
        return database.transact(connection -> MediaDownloadStore.take(connection, 16, 4, busy)).stream()
                .map(Job::organization)
                .toList();
    }

    private static void due(Database database, UUID organization, int files, String since) {
        database.call(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("insert into media_downloads (organization_id, message_id, account_id,"
                        + " provider_id, due_at, give_up_at) select '" + organization + "', uuidv7(), uuidv7(), 'file',"
                        + " parley_now() - interval '" + since
                        + "', parley_now() + interval '1 day' from generate_series(1, "
                        + files + ")");
            }
        });
    }
}
