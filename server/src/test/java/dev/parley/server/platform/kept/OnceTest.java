package dev.parley.server.platform.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpAnswer;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.Keyed;
import dev.parley.server.platform.jsonapi.RequestContext;
import dev.parley.testkit.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of calls that have transactions of their own, or ask somebody else. */
@NullUnmarked
class OnceTest {

    private static final String LAPSED = "update kept_answers set status = null, body = null, resource_ids = null, "
            + "lease_until = parley_now() - interval '1s'";

    private final AtomicInteger done = new AtomicInteger();
    private TestDatabase test;
    private Database database;
    private HttpServer server;
    private volatile boolean broken;

    @BeforeEach
    void start() throws Exception {
        test = Schema.create();
        database = Schema.open(test);
        JsonApi api = new JsonApi(
                "/public/v2",
                32,
                database,
                answers -> new KeptCalls(database, answers, Ids.timeOrdered(), Duration.ofHours(24)));
        List<Route> routes = List.of(
                api.call(HttpMethod.POST, "/once", Access.ORGANIZATION, Keyed.ONCE, context -> work(api, context)),
                api.call(
                        HttpMethod.POST,
                        "/repeatable",
                        Access.ORGANIZATION,
                        Keyed.REPEATABLE,
                        context -> work(api, context)));
        UUID organization = UUID.randomUUID();
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(organization, "test"), api.failures(), HttpObserver.NONE, () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
        test.close();
    }

    private HttpAnswer work(JsonApi api, RequestContext context) {
        int count = done.incrementAndGet();
        if (broken) {
            throw new IllegalStateException("as the test wants it");
        }
        return api.answers()
                .document(context, ("{\"meta\":{\"count\":" + count + "}}").getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path) {
        return HttpClients.sendMadeUp(
                "POST", server.url() + "/public/v2" + path, null, "Authorization", "Bearer t", "Idempotency-Key", "k");
    }

    private void cutOff() throws Exception {
        database.transact(connection -> connection.createStatement().executeUpdate(LAPSED));
    }

    @Test
    void whatSomebodyElseWasAskedIsNotAskedAgain() throws Exception {
        assertThat(post("/once").body()).isEqualTo(post("/once").body());
        cutOff();
        HttpResponse<String> again = post("/once");
        assertThat(again.statusCode()).isEqualTo(503);
        assertThat(again.body()).contains("outcome_unknown");
        assertThat(done).hasValue(1);
    }

    @Test
    void whatFailedHalfWayIsNotAskedAgainEither() throws Exception {
        broken = true;
        assertThat(post("/once").statusCode()).isEqualTo(500);
        broken = false;
        assertThat(post("/once").statusCode()).as("it may still run").isEqualTo(409);
        cutOff();
        assertThat(post("/once").statusCode()).isEqualTo(503);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatDoesNoHarmIsDoneAgain() throws Exception {
        assertThat(post("/repeatable").body()).isEqualTo(post("/repeatable").body());
        assertThat(done).hasValue(1);
        cutOff();
        assertThat(post("/repeatable").statusCode()).isEqualTo(200);
        assertThat(done).hasValue(2);
        broken = true;
        database.transact(connection -> connection.createStatement().executeUpdate("delete from kept_answers"));
        assertThat(post("/repeatable").statusCode()).isEqualTo(500);
        broken = false;
        assertThat(post("/repeatable").statusCode()).isEqualTo(200);
    }
}
