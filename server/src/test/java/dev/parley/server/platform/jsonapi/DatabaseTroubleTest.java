package dev.parley.server.platform.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpFailure;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees of a slow database, and of none. */
@NullUnmarked
class DatabaseTroubleTest {

    private static final String ONE = ToyServer.PATH + "/" + UUID.randomUUID();

    private ToyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ToyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Database open(TestDatabase test, Duration limit) {
        return Database.open(new DatabaseOptions(test.jdbcUrl(), test.username(), test.password(), 2, true, limit));
    }

    private static boolean sleep(Connection connection, int seconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
            statement.setInt(1, seconds);
            return statement.execute();
        }
    }

    @Test
    void aListThatTakesTooLongIsTheClientsToNarrow() throws Exception {
        try (TestDatabase test = TestPostgres.create();
                Database database = open(test, Duration.ofMillis(100))) {
            server.toys.beforeReading = () -> database.call(connection -> sleep(connection, 20));

            HttpResponse<String> answer = server.get(ToyServer.PATH);

            assertThat(ToyServer.errors(answer)).containsExactly("400 query_too_expensive");
            assertThat(answer.body()).contains("Narrow the list");
            assertThat(ToyServer.errors(server.get(ONE))).containsExactly("500 internal_error");
        }
    }

    @Test
    void whatTakesTooLongToIncludeIsTheClientsToLeaveOut() throws Exception {
        try (TestDatabase test = TestPostgres.create();
                Database database = open(test, Duration.ofMillis(100));
                Shelf shelf = new Shelf()) {
            shelf.beforeFinding = () -> database.call(connection -> sleep(connection, 20));
            UUID book = Shelf.put(shelf.books, Map.of("authorId", UUID.randomUUID()));

            for (String path : List.of("/toy-books/" + book, "/toy-books")) {
                HttpResponse<String> answer = shelf.get(path + "?include=author");

                assertThat(ToyServer.errors(answer)).containsExactly("400 query_too_expensive");
                assertThat(answer.body()).containsIgnoringCase("include less");
                assertThat(shelf.get(path).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aWriteStandsWhateverBecomesOfWhatIsIncluded() throws Exception {
        try (TestDatabase test = TestPostgres.create();
                Database database = open(test, Duration.ofMillis(100));
                Shelf shelf = new Shelf()) {
            shelf.beforeFinding = () -> database.call(connection -> sleep(connection, 20));
            String body =
                    "{\"data\":{\"type\":\"toyBooks\",\"attributes\":{\"authorId\":\"" + UUID.randomUUID() + "\"}}}";

            HttpResponse<String> made = shelf.send("POST", "/toy-books?include=author", body);

            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(made.body()).doesNotContain("included");
        }
    }

    @Test
    void aDatabaseThatIsGoneIsSaidSoWithRetryAfterOnEveryPath() throws Exception {
        try (TestDatabase test = TestPostgres.create();
                Database database = open(test, Duration.ofSeconds(5))) {
            server.toys.beforeReading = () -> database.call(connection -> {
                // As when the server is shut down under a statement: the connection ends with 57P01.
                try (PreparedStatement end =
                        connection.prepareStatement("select pg_terminate_backend(pg_backend_pid())")) {
                    return end.execute();
                }
            });
            for (String path : List.of(ToyServer.PATH, ONE)) {
                HttpResponse<String> answer = server.get(path);

                assertThat(ToyServer.errors(answer)).containsExactly("503 database_unavailable");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            }
        }
    }

    @Test
    void aDatabaseThatCannotBeConnectedToIsSaidSoForTheTokenToo() throws Exception {
        DatabaseOptions nowhere =
                new DatabaseOptions("jdbc:postgresql://127.0.0.1:1/none", "u", "p", 1, true, Duration.ofSeconds(5));
        JsonApi api = new JsonApi("/public/v2", 32);
        try (Database database = Database.open(nowhere)) {
            Throwable thrown = catchThrowable(() -> database.transact(connection -> sleep(connection, 0)));

            HttpAnswer answer =
                    api.failures().render(new HttpFailure.Unexpected(new IllegalStateException(thrown)), "id");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("Retry-After", "1");
        }
    }
}
