package dev.parley.server.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrays in binary form are the values that they were made of, also on a connection that sends text. */
@NullUnmarked
class BinaryArrayTest {

    private static final UUID ID = UUID.fromString("f0000000-1111-8222-8333-0123456789ab");
    private static final String IDS = "select coalesce(i::text, '-') from (select unnest(?::uuid[]) as i) x";
    private static final String TIMES =
            "select coalesce((t at time zone 'UTC')::text, '-')" + " from (select unnest(?::timestamptz[]) as t) x";

    private TestDatabase made;

    @BeforeEach
    void make() {
        made = TestPostgres.create();
    }

    @AfterEach
    void close() {
        made.close();
    }

    @Test
    void idsArriveAsTheyAre() {
        for (String form : List.of("", "binaryTransfer=false")) {
            assertThat(stored(
                            form, IDS, BinaryArray.uuids(Arrays.asList(ID, null, new UUID(0, 1)), Function.identity())))
                    .containsExactly(ID.toString(), "-", "00000000-0000-0000-0000-000000000001");
            assertThat(stored(form, IDS, BinaryArray.uuids(List.<UUID>of(), Function.identity())))
                    .isEmpty();
        }
    }

    @Test
    void timesArriveInMicrosecondsBeforeAndAfterTheDatabasesEpoch() {
        List<Instant> times = Arrays.asList(
                Instant.parse("2026-11-28T10:00:00.123456Z"),
                Instant.parse("1999-12-31T23:59:59.999999Z"),
                null,
                Instant.parse("9999-12-31T23:59:59Z"));
        for (String form : List.of("", "binaryTransfer=false")) {
            assertThat(stored(form, TIMES, BinaryArray.times(times, Function.identity())))
                    .containsExactly(
                            "2026-11-28 10:00:00.123456", "1999-12-31 23:59:59.999999", "-", "9999-12-31 23:59:59");
        }
    }

    private List<String> stored(String form, String query, BinaryArray array) {
        String url = made.jdbcUrl() + (made.jdbcUrl().contains("?") ? "&" : "?") + form;
        try (Database database = Database.open(
                new DatabaseOptions(url, made.username(), made.password(), 1, true, Duration.ofSeconds(20)))) {
            return database.call(connection -> {
                List<String> rows = new ArrayList<>();
                try (var statement = connection.prepareStatement(query)) {
                    statement.setObject(1, array);
                    try (var row = statement.executeQuery()) {
                        while (row.next()) {
                            rows.add(row.getString(1));
                        }
                    }
                }
                return rows;
            });
        }
    }
}
