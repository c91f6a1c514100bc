package dev.parley.server.threads;

import static dev.parley.server.threads.ThreadWorld.error;
import static dev.parley.server.threads.ThreadWorld.id;
import static dev.parley.server.threads.ThreadWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessageThreadTest {

    private static final String NUMBER = "\"channel\":\"whatsapp\",\"identifier\":\"%s\"";
    private static ThreadWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new ThreadWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void shouldMakeAThreadWithEveryAttributeShown() {
        HttpResponse<String> answer = world.post("\"channel\":\"WhatsApp\",\"identifier\":\"+31 6 0000-0101\"");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains(ThreadWorld.PATH + "/" + id(answer));
        JsonNode attributes = json(answer).path("data").path("attributes");
        assertThat(attributes.propertyNames())
                .containsExactlyInAnyOrder(
                        "channel",
                        "identifier",
                        "chatbotPaused",
                        "candidateId",
                        "channelAccountId",
                        "windowExpiresAt",
                        "lastMessageAt",
                        "createdAt",
                        "updatedAt");
        assertThat(attributes.path("identifier").asString()).isEqualTo("31600000101");
        assertThat(attributes.path("channel").asString()).isEqualTo("whatsapp");
        assertThat(attributes.path("windowExpiresAt").isNull()).isTrue();
        assertThat(json(answer)
                        .path("data")
                        .path("relationships")
                        .path("messages")
                        .path("links")
                        .path("related")
                        .asString())
                .isEqualTo("/public/v2/messages?filter%5BmessageThreadId%5D=" + id(answer));
        assertThat(world.events(id(answer))).containsExactly("create");
        assertThat(world.get(id(answer)).path("attributes")).isEqualTo(attributes);
    }

    @Test
    void shouldAnswerWithTheThreadThatExistsAndSetItsCandidate() {
        UUID candidate = world.candidate(world.organization, "31600000102", "Ada");
        UUID other = world.candidate(world.organization, "31600000102", "Eve");
        UUID first = world.thread("31600000102");

        HttpResponse<String> again = world.post(NUMBER.formatted("0031600000102"));
        HttpResponse<String> withCandidate =
                world.post(NUMBER.formatted("31600000102") + ",\"candidateId\":\"" + candidate + "\"");
        HttpResponse<String> withOther =
                world.post(NUMBER.formatted("31600000102") + ",\"candidateId\":\"" + other + "\"");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(id(again)).isEqualTo(first);
        assertThat(withCandidate.statusCode()).isEqualTo(200);
        assertThat(json(withCandidate)
                        .path("data")
                        .path("attributes")
                        .path("candidateId")
                        .asString())
                .isEqualTo(candidate.toString());
        assertThat(error(withOther)).isEqualTo("409 thread_exists");
        assertThat(json(withOther).path("errors").get(0).path("meta").path("id").asString())
                .isEqualTo(first.toString());
        assertThat(world.events(first)).containsExactly("create", "update candidateId");
    }

    @Test
    void shouldTakeAChosenIdOnce() {
        UUID id = UUID.randomUUID();
        String body =
                "{\"data\":{\"type\":\"messageThreads\",\"id\":\"%s\",\"attributes\":{\"channel\":\"whatsapp\",\"identifier\":\"%s\"}}}";

        assertThat(world.send("one", "POST", ThreadWorld.PATH, body.formatted(id, "31600000103"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(world.send("one", "POST", ThreadWorld.PATH, body.formatted(id, "31600000103"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(error(world.send("one", "POST", ThreadWorld.PATH, body.formatted(id, "31600000104"))))
                .isEqualTo("409 id_taken /data/id");
        assertThat(error(world.send("one", "POST", ThreadWorld.PATH, body.formatted(UUID.randomUUID(), "31600000103"))))
                .isEqualTo("409 thread_exists");
        assertThat(world.texts("select value from thread_addresses where value = '31600000104'"))
                .isEmpty();
    }

    @Test
    void shouldMakeOneThreadForClientsThatRace() throws Exception {
        for (int round = 0; round < 10; round++) {
            String number = "3160000020" + round;
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<HttpResponse<String>>> answers = IntStream.range(0, 8)
                        .mapToObj(i -> clients.submit(() -> world.post(NUMBER.formatted(number))))
                        .toList();
                Set<UUID> ids =
                        answers.stream().map(answer -> id(await(answer))).collect(Collectors.toSet());
                assertThat(ids).hasSize(1);
            }
            assertThat(world.texts("select id from threads where identifier = '" + number + "'"))
                    .hasSize(1);
        }
    }

    private static HttpResponse<String> await(Future<HttpResponse<String>> answer) {
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldNameWhatDoesNotExistAndWhatCannotBe() {
        UUID theirs = world.candidate(world.otherOrganization, "31600000105", "Bob");

        assertThat(error(world.post(NUMBER.formatted("31600000105") + ",\"candidateId\":\"" + theirs + "\"")))
                .isEqualTo("404 related_not_found /data/attributes/candidateId");
        assertThat(error(world.post(
                        NUMBER.formatted("31600000105") + ",\"channelAccountId\":\"" + UUID.randomUUID() + "\"")))
                .isEqualTo("404 related_not_found /data/attributes/channelAccountId");
        assertThat(error(world.post(
                        NUMBER.formatted("31600000105") + ",\"channelAccountId\":\"" + world.webAccount + "\"")))
                .isEqualTo("422 invalid_value /data/attributes/channelAccountId");
        assertThat(error(world.post(NUMBER.formatted("none"))))
                .isEqualTo("422 invalid_value /data/attributes/identifier");
        assertThat(error(world.post("\"channel\":\"email\",\"identifier\":\"none\"")))
                .isEqualTo("422 invalid_value /data/attributes/identifier");
        assertThat(error(world.post("\"channel\":\"sms\",\"identifier\":\"none\"")))
                .isEqualTo("422 invalid_value /data/attributes/identifier");
        assertThat(world.post("\"channel\":\"email\",\"identifier\":\"ada@example.org\"")
                        .statusCode())
                .isEqualTo(201);
        assertThat(world.texts("select id from threads where identifier = '31600000105'"))
                .isEmpty();
    }

    @Test
    void shouldKeepTheCandidateOnceSet() {
        UUID candidate = world.candidate(world.organization, "31600000106", "Ada");
        UUID other = world.candidate(world.organization, "31600000106", "Eve");
        UUID thread = world.thread("31600000106");

        assertThat(world.patch(thread, "\"candidateId\":null").statusCode()).isEqualTo(200);
        assertThat(world.patch(thread, "\"candidateId\":\"" + candidate + "\",\"chatbotPaused\":true")
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.patch(thread, "\"candidateId\":\"" + candidate + "\"").statusCode())
                .isEqualTo(200);
        assertThat(error(world.patch(thread, "\"candidateId\":\"" + other + "\"")))
                .isEqualTo("409 candidate_fixed /data/attributes/candidateId");
        assertThat(error(world.patch(thread, "\"candidateId\":null")))
                .isEqualTo("409 candidate_fixed /data/attributes/candidateId");
        assertThat(world.events(thread)).containsExactly("create", "update chatbotPaused,candidateId");
    }

    @Test
    void shouldMoveAThreadToAnotherAddressThatIsFree() {
        UUID thread = world.thread("31600000107");
        UUID other = world.thread("31600000108");
        world.submit(thread, "hello", null);

        HttpResponse<String> taken = world.patch(thread, "\"identifier\":\"31600000108\"");
        assertThat(error(taken)).isEqualTo("409 thread_exists");
        assertThat(json(taken).path("errors").get(0).path("meta").path("id").asString())
                .isEqualTo(other.toString());
        assertThat(world.patch(thread, "\"identifier\":\"+31 600000109\"").statusCode())
                .isEqualTo(200);

        assertThat(world.texts("select value from thread_addresses where thread_id = '" + thread + "'"))
                .containsExactly("31600000109");
        // The window was that of the old number.
        assertThat(world.get(thread).path("attributes").path("windowExpiresAt").isNull())
                .isTrue();
        assertThat(world.post(NUMBER.formatted("31600000107")).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldChangeTheChannelOnlyWhileThereIsNoMessage() {
        UUID empty = world.thread("31600000110");
        UUID used = world.thread("31600000111");
        world.submit(used, "hello", null);

        assertThat(error(world.patch(used, "\"channel\":\"web\"")))
                .isEqualTo("409 channel_fixed /data/attributes/channel");
        assertThat(error(world.patch(empty, "\"channel\":\"email\"")))
                .isEqualTo("422 invalid_value /data/attributes/channel");
        assertThat(world.patch(empty, "\"channel\":\"web\",\"identifier\":\"ada\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(error(world.patch(empty, "\"channelAccountId\":\"" + world.account + "\"")))
                .isEqualTo("422 invalid_value /data/attributes/channelAccountId");
        assertThat(world.texts("select channel || value from thread_addresses where thread_id = '" + empty + "'"))
                .containsExactly("webada");
    }

    @Test
    void shouldShowTheWindowOfTheAccountThatWouldBeUsed() {
        UUID thread = world.thread("31600000112");
        world.run(
                "insert into thread_windows values ('%s','%s','%s','2030-01-01T00:00:00Z'), ('%s','%s','%s','2031-01-01T00:00:00Z')"
                        .formatted(
                                world.organization,
                                thread,
                                world.account,
                                world.organization,
                                thread,
                                world.secondAccount));

        assertThat(world.get(thread).path("attributes").path("windowExpiresAt").asString())
                .isEqualTo("2030-01-01T00:00:00+00:00");
        world.run("update threads set last_inbound_account_id = '" + world.secondAccount + "' where id = '" + thread
                + "'");
        assertThat(world.get(thread).path("attributes").path("windowExpiresAt").asString())
                .isEqualTo("2031-01-01T00:00:00+00:00");
        HttpResponse<String> chosen = world.patch(thread, "\"channelAccountId\":\"" + world.account + "\"");
        assertThat(json(chosen)
                        .path("data")
                        .path("attributes")
                        .path("windowExpiresAt")
                        .asString())
                .isEqualTo("2030-01-01T00:00:00+00:00");
    }

    @Test
    void shouldKeepOrganizationsApart() {
        UUID thread = world.thread("31600000113");
        String path = ThreadWorld.PATH + "/" + thread;
        String change = "{\"data\":{\"type\":\"messageThreads\",\"attributes\":{\"chatbotPaused\":true}}}";

        assertThat(world.send("two", "GET", path, null).statusCode()).isEqualTo(404);
        assertThat(world.send("two", "PATCH", path, change).statusCode()).isEqualTo(404);
        assertThat(world.send("two", "DELETE", path, null).statusCode()).isEqualTo(404);
        assertThat(world.send("two", "POST", path + "/erase", null).statusCode())
                .isEqualTo(404);
        HttpResponse<String> theirs = world.send(
                "two",
                "POST",
                ThreadWorld.PATH,
                "{\"data\":{\"type\":\"messageThreads\",\"attributes\":{" + NUMBER.formatted("31600000113") + "}}}");
        assertThat(theirs.statusCode()).isEqualTo(201);
        assertThat(id(theirs)).isNotEqualTo(thread);
        JsonNode list = json(world.send("two", "GET", ThreadWorld.PATH, null));
        assertThat(list.path("meta").path("total").asInt()).isEqualTo(1);
        assertThat(list.path("data").get(0).path("id").asString())
                .isEqualTo(id(theirs).toString());
    }
}
