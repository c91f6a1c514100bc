package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class TokensTest {

    private static final String MANAGED = "/management/organizations";
    private static final String OWN = "/organizations";
    private static final String REFRESH = "/management/refresh-token/";
    private static final long FIVE_SECONDS = 5_000_000_000L;

    private OrganizationWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int status(String token, String method, String path) {
        return world.send(token, method, path, null).statusCode();
    }

    @Test
    void keepsTheTwoKindsOfTokenApart() {
        Made made = world.organization("a");

        assertThat(status(PARTNER, "GET", OWN)).isEqualTo(403);
        assertThat(status(made.token(), "GET", MANAGED)).isEqualTo(403);
        assertThat(status(made.token(), "POST", REFRESH + made.id())).isEqualTo(403);
        assertThat(status("Bearer " + made.token(), "GET", OWN)).isEqualTo(200);
        HttpResponse<String> unknown = world.send("po_nobody", "GET", OWN, null);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void aRefreshedTokenReplacesTheOldOneHereAtOnceAndElsewhereWithinFiveSeconds() throws Exception {
        Made made = world.organization("a");
        TokenAuthenticator elsewhere = new TokenAuthenticator(world.database, world.ticks::get, () -> {}, world.uses);
        assertThat(elsewhere.authenticate(made.token())).isNotNull();
        assertThat(status(made.token(), "GET", OWN)).isEqualTo(200);

        HttpResponse<String> refreshed = world.send(PARTNER, "POST", REFRESH + made.id(), null);

        assertThat(refreshed.statusCode()).isEqualTo(200);
        assertThat(json(refreshed).at("/data/attributes/name").stringValue()).isEqualTo("a");
        assertThat(json(refreshed).at("/data/attributes/signingSecret").isNull())
                .isTrue();
        String token = json(refreshed).at("/data/attributes/token").stringValue();
        assertThat(token).startsWith("po_").isNotEqualTo(made.token());
        assertThat(status(made.token(), "GET", OWN)).isEqualTo(401);
        assertThat(status(token, "GET", OWN)).isEqualTo(200);
        world.ticks.addAndGet(FIVE_SECONDS - 1);
        assertThat(elsewhere.authenticate(made.token())).isNotNull();
        world.ticks.addAndGet(1);
        assertThat(elsewhere.authenticate(made.token())).isNull();
        assertThat(elsewhere.authenticate(token)).isNotNull();
        assertThat(world.query("select fields::text from events order by position desc limit 1"))
                .containsExactly("{token}");
        for (String nobody : List.of(UUID.randomUUID().toString(), "x")) {
            assertThat(status(PARTNER, "POST", REFRESH + nobody)).isEqualTo(404);
        }
    }

    @Test
    void remembersNegativeAnswersForFiveSecondsToo() {
        String token = "chosen-by-the-operator";
        TokenAuthenticator elsewhere = new TokenAuthenticator(world.database, world.ticks::get, () -> {}, world.uses);
        assertThat(elsewhere.authenticate(token)).isNull();
        world.service.installPartnerToken(token);

        assertThat(elsewhere.authenticate(token)).isNull();
        world.ticks.addAndGet(FIVE_SECONDS);
        assertThat(elsewhere.authenticate(token)).isNotNull();
    }

    @Test
    void aFloodOfUnknownTokensDoesNotPushOutThoseThatWork() throws Exception {
        TokenAuthenticator small = new TokenAuthenticator(world.database, world.ticks::get, () -> {}, world.uses, 3);
        Made made = world.organization("a");
        assertThat(small.authenticate(made.token())).isNotNull();
        for (int i = 0; i < 20; i++) {
            assertThat(small.authenticate("made up " + i)).isNull();
        }
        world.execute("delete from tokens where kind = 'organization'");

        assertThat(small.authenticate(made.token())).as("still remembered").isNotNull();
        world.ticks.addAndGet(FIVE_SECONDS);
        assertThat(small.authenticate(made.token())).isNull();
    }

    @Test
    void aFullMemoryForgets() {
        Recollection<Boolean> memory = new Recollection<>(3, TokenAuthenticator.LIFE);
        for (int i = 0; i < 100; i++) {
            ByteBuffer key = ByteBuffer.wrap(Credentials.hash("t" + i));
            memory.put(key, true, 0, memory.term());
            assertThat(memory.size()).isBetween(1, 3);
            assertThat(memory.find(key, FIVE_SECONDS - 1)).isTrue();
            assertThat(memory.find(key, FIVE_SECONDS)).isNull();
        }
    }

    @Test
    void installsOnePartnerToken() throws Exception {
        world.service.installPartnerToken("another");
        assertThat(status(PARTNER, "GET", MANAGED)).isEqualTo(401);
        assertThat(status("another", "GET", MANAGED)).isEqualTo(200);
        world.service.installPartnerToken("another");
        assertThat(partnerHashes()).containsExactly(HexFormat.of().formatHex(Credentials.hash("another")));
    }

    @Test
    void nodesThatInstallDifferentPartnerTokensLeaveOne() throws Exception {
        int nodes = 8;
        CountDownLatch ready = new CountDownLatch(nodes);
        List<Callable<Boolean>> installs = IntStream.range(0, nodes)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    ready.countDown();
                    ready.await();
                    world.service.installPartnerToken("partner " + i);
                    return true;
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 3; round++) {
                for (var install : threads.invokeAll(installs)) {
                    assertThat(install.get()).isTrue();
                }
                assertThat(partnerHashes()).hasSize(1);
            }
        }
    }

    private List<String> partnerHashes() throws Exception {
        return world.query("select encode(hash, 'hex') from tokens where kind = 'partner'");
    }

    @Test
    void anOrganizationsTokenCannotBecomeThePartners() {
        Made made = world.organization("a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.service.installPartnerToken(made.token()))
                .withMessageContaining("token of an organization")
                .withMessageNotContaining(made.token());
        assertThat(status(PARTNER, "GET", MANAGED)).isEqualTo(200);
        assertThat(status(made.token(), "GET", OWN)).isEqualTo(200);
    }

    @Test
    void refusesNamesThatNoOrganizationCanHave() {
        for (String name : List.of("", " ", "x".repeat(256), "a\0b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> world.service.create(name))
                    .withMessageContaining("1 to 255 characters");
        }
        assertThat(world.service.create("😀".repeat(255)).token()).startsWith("po_");
    }
}
