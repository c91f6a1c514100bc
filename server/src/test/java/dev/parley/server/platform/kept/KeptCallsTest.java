package dev.parley.server.platform.kept;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idempotency keys of every POST but that of messages. */
@NullUnmarked
class KeptCallsTest {

    private static final String KEY = "Idempotency-Key";
    private static final String ORGANIZATIONS = "/management/organizations";
    private static final String LAPSE = "update kept_answers set lease_until = parley_now() - interval '1s'";

    private OrganizationWorld world;
    private Made own;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        own = world.organization("Own");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpResponse<String> candidate(String key, String members) {
        String body = "{\"data\":{\"type\":\"candidates\"," + members + "}}";
        return world.send(own.token(), "POST", "/candidates", body, KEY, key);
    }

    private static String phone(String phone) {
        return "\"attributes\":{\"phone\":\"" + phone + "\"}";
    }

    private static boolean replayed(HttpResponse<String> answer) {
        return answer.headers().firstValue("Idempotency-Replayed").isPresent();
    }

    private List<String> phones() throws Exception {
        return world.query("select phone from candidates order by phone");
    }

    @Test
    void theFirstAnswerComesAgainAndNothingIsDoneTwice() throws Exception {
        HttpResponse<String> first = candidate("\"k\"", phone("1"));
        HttpResponse<String> again = candidate("k", phone("1"));
        assertThat(List.of(first.statusCode(), again.statusCode())).containsExactly(201, 201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(replayed(first)).isFalse();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(phones()).containsExactly("1");
        assertThat(world.query("select event from events where resource_type = 'candidates'"))
                .containsExactly("create");
    }

    @Test
    void anotherBodyIsRefused() throws Exception {
        candidate("k", phone("1"));
        HttpResponse<String> other = candidate("k", phone("2"));
        assertThat(errors(other)).containsExactly("422 idempotency_key_reused ");
        assertThat(json(other).at("/errors/0/source/header").asString()).isEqualTo(KEY);
        assertThat(phones()).containsExactly("1");
    }

    @Test
    void keepsWhatTheWorkRefusedButNotWhatTheRequestLacked() throws Exception {
        String id = UUID.randomUUID().toString();
        candidate("a", "\"id\":\"" + id + "\"," + phone("1"));
        candidate("b", "\"id\":\"" + id + "\"," + phone("2"));
        HttpResponse<String> again = candidate("b", "\"id\":\"" + id + "\"," + phone("2"));
        assertThat(errors(again)).containsExactly("409 id_taken /data/id");
        assertThat(replayed(again)).isTrue();
        assertThat(candidate("c", "\"attributes\":{}").statusCode()).isEqualTo(422);
        assertThat(candidate("c", phone("3")).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyIsItsOrganizationsAndItsPathsAlone() throws Exception {
        Made other = world.organization("Other");
        candidate("k", phone("1"));
        String body = "{\"data\":{\"type\":\"candidates\"," + phone("1") + "}}";
        assertThat(replayed(world.send(other.token(), "POST", "/candidates", body, KEY, "k")))
                .isFalse();
        HttpResponse<String> rotated =
                world.send(own.token(), "POST", "/organizations/rotate-signing-secret", null, KEY, "k");
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(phones()).containsExactly("1", "1");
    }

    @Test
    void secretsAreShownOnce() throws Exception {
        String body =
                "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\"New\",\"webhookSecret\":\"w\"}}}";
        HttpResponse<String> made = world.send(PARTNER, "POST", ORGANIZATIONS, body, KEY, "k");
        String token = json(made).at("/data/attributes/token").stringValue();
        assertThat(token).isNotEmpty();
        HttpResponse<String> again = world.send(PARTNER, "POST", ORGANIZATIONS, body, KEY, "k");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(json(again).at("/data/id")).isEqualTo(json(made).at("/data/id"));
        assertThat(json(again).at("/data/attributes/token").isNull()).isTrue();
        assertThat(json(again).at("/data/attributes/signingSecret").isNull()).isTrue();
        assertThat(world.query("select convert_from(body, 'utf8') from kept_answers where status is not null"))
                .hasSize(1)
                .noneMatch(kept -> kept.contains(token) || kept.contains("whsec_"));
        assertThat(world.query("select 1 from organizations where name = 'New'"))
                .hasSize(1);
    }

    @Test
    void aTokenIsReplacedOnce() throws Exception {
        String path = "/management/refresh-token/" + own.id();
        HttpResponse<String> first = world.send(PARTNER, "POST", path, null, KEY, "k");
        HttpResponse<String> again = world.send(PARTNER, "POST", path, null, KEY, "k");
        String token = json(first).at("/data/attributes/token").stringValue();
        assertThat(json(again).at("/data/attributes/token").isNull()).isTrue();
        assertThat(world.send(token, "GET", "/candidates", null).statusCode()).isEqualTo(200);
        assertThat(world.send(own.token(), "GET", "/candidates", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoComesMeanwhileIsToldToWait() throws Exception {
        try (Connection blocker = world.database.connection()) {
            CompletableFuture<HttpResponse<String>> first = blocked(blocker);
            HttpResponse<String> meanwhile = candidate("k", phone("1"));
            assertThat(errors(meanwhile)).containsExactly("409 idempotency_key_in_use ");
            blocker.rollback();
            assertThat(first.join().statusCode()).isEqualTo(201);
            assertThat(replayed(candidate("k", phone("1")))).isTrue();
        }
        assertThat(phones()).containsExactly("1");
    }

    /** A request that can't go on before the blocker ends. */
    private CompletableFuture<HttpResponse<String>> blocked(Connection blocker) throws Exception {
        blocker.setAutoCommit(false);
        blocker.createStatement().execute("lock table candidates in exclusive mode");
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> candidate("k", phone("1")));
        await().until(() -> !world.query("select 1 from kept_answers").isEmpty());
        return first;
    }

    @Test
    void aRequestThatWasCutOffIsDoneByWhoRepeatsIt() throws Exception {
        candidate("k", phone("1"));
        world.execute("update kept_answers set status = null, body = null, resource_ids = null, "
                + "lease_until = parley_now() + interval '1s'");
        assertThat(candidate("k", phone("1")).statusCode()).isEqualTo(409);
        world.execute(LAPSE);
        assertThat(candidate("k", phone("2")).statusCode())
                .as("still another body")
                .isEqualTo(422);
        HttpResponse<String> again = candidate("k", phone("1"));
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(replayed(again)).isFalse();
    }

    @Test
    void whoLostItsKeyMeanwhileLeavesNothingBehind() throws Exception {
        try (Connection blocker = world.database.connection()) {
            CompletableFuture<HttpResponse<String>> slow = blocked(blocker);
            String lease = world.query("select lease from kept_answers").getFirst();
            world.execute(LAPSE);
            CompletableFuture<HttpResponse<String>> next =
                    CompletableFuture.supplyAsync(() -> candidate("k", phone("1")));
            await().until(() -> !world.query("select lease from kept_answers").equals(List.of(lease)));
            blocker.rollback();
            assertThat(List.of(slow.join().statusCode(), next.join().statusCode()))
                    .containsExactly(409, 201);
        }
        assertThat(phones()).containsExactly("1");
    }

    @Test
    void whatFailedCanBeRepeated() throws Exception {
        world.execute("alter table candidates rename to elsewhere");
        assertThat(candidate("k", phone("1")).statusCode()).isEqualTo(500);
        world.execute("alter table elsewhere rename to candidates");
        assertThat(candidate("k", phone("1")).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyIsForgottenAfterADay() throws Exception {
        candidate("k", phone("1"));
        world.execute("update kept_answers set created_at = created_at - interval '24h'");
        assertThat(candidate("k", phone("2")).statusCode()).isEqualTo(201);
        assertThat(replayed(candidate("k", phone("2")))).isTrue();
    }
}
