package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.server.Schema;
import dev.parley.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.Test;

/** On the tests' own server, which flushes nothing. */
class DatabaseChecksTest {

    @Test
    void aServerThatMayForgetIsRefusedUnlessThatIsAllowed() {
        try (TestDatabase test = Schema.create();
                Database database = Schema.open(test)) {
            assertThatExceptionOfType(UnusableDatabaseException.class)
                    .isThrownBy(() -> DatabaseChecks.run(database, false))
                    .withMessage("This PostgreSQL can't hold Parley's data: fsync is off; full_page_writes is off."
                            + " Change it, or set database.allowUnsafe for data that may be lost.");
            assertThatCode(() -> DatabaseChecks.run(database, true)).doesNotThrowAnyException();
        }
    }
}
