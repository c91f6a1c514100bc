package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens to threads shows in their conversations. Each test has a person of its own. */
@NullUnmarked
class ConversationsTest {

    private static ConversationWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new ConversationWorld(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String withMessages(int count) {
        String phone = world.phone();
        for (int i = 0; i < count; i++) {
            world.write(phone);
        }
        return phone;
    }

    @Test
    void theFirstMessageMakesIt() throws Exception {
        String phone = world.phone();
        String thread = world.thread(phone);
        assertThat(world.conversation(thread))
                .as("nobody wrote, and nobody is known")
                .isNull();

        world.write(phone);

        assertThat(world.state(thread)).isEqualTo("open 1");
        JsonNode made = world.conversation(thread);
        assertThat(UUID.fromString(made.get("id").asString()).version()).isEqualTo(7);
        assertThat(made.at("/attributes/messageThreadId").asString()).isEqualTo(thread);
        assertThat(made.at("/attributes/candidateId").isNull()).isTrue();
        assertThat(made.at("/relationships/messageThread/data/id").asString()).isEqualTo(thread);
        assertThat(made.at("/relationships/organization/data/id").asString()).isEqualTo(world.customer.organization);
        assertThat(world.get("/conversations/" + world.id(thread)).get("data")).isEqualTo(made);
    }

    @Test
    void aCandidateMakesItAndOneThatIsKnownLaterIsAdded() throws Exception {
        String candidate = world.candidate();
        String early = world.server
                .make(
                        "/message-threads",
                        world.customer.token,
                        "messageThreads",
                        Map.of("channel", "whatsapp", "identifier", world.phone(), "candidateId", candidate))
                .get("id")
                .asString();
        assertThat(world.state(early)).isEqualTo("open 0");
        assertThat(world.conversation(early).at("/attributes/candidateId").asString())
                .isEqualTo(candidate);
        assertThat(world.events(world.id(early))).containsExactly("create");

        String late = world.thread(withMessages(2));
        String id = world.id(late);
        assertThat(world.send("PATCH", "/message-threads/" + late, "messageThreads", Map.of("candidateId", candidate))
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.id(late)).isEqualTo(id);
        assertThat(world.state(late)).isEqualTo("open 2");
        assertThat(world.conversation(late)
                        .at("/relationships/candidate/data/id")
                        .asString())
                .isEqualTo(candidate);
        assertThat(world.events(id)).endsWith("update candidateId");

        String named = world.thread(world.phone());
        world.send("PATCH", "/message-threads/" + named, "messageThreads", Map.of("candidateId", candidate));
        assertThat(world.state(named)).isEqualTo("open 0");

        // The candidate is hidden: the conversation says what its thread says.
        assertThat(world.api("DELETE", "/candidates/" + candidate, null).statusCode())
                .isEqualTo(204);
        assertThat(world.conversation(late).at("/attributes/candidateId").asString())
                .isEqualTo(candidate);
    }

    @Test
    void aPostOfTheSameThreadBringsItsCandidate() throws Exception {
        String phone = withMessages(1);
        String candidate = world.candidate();
        HttpResponse<String> answer = world.send(
                "POST",
                "/message-threads",
                "messageThreads",
                Map.of("channel", "whatsapp", "identifier", phone, "candidateId", candidate));
        assertThat(answer.statusCode()).isEqualTo(200);
        String thread = world.thread(phone);
        assertThat(world.conversation(thread).at("/attributes/candidateId").asString())
                .isEqualTo(candidate);
        assertThat(world.state(thread)).isEqualTo("open 1");
    }

    @Test
    void aRepeatedCallbackCountsOnce() throws Exception {
        String phone = world.phone();
        String id = world.write(phone);
        world.write(Map.of("from", phone, "text", "Hello " + id, "messageId", id));
        world.settle();
        String thread = world.thread(phone);
        assertThat(world.state(thread)).isEqualTo("open 1");
        world.write(phone);
        assertThat(world.state(thread)).isEqualTo("open 2");
        world.write(Map.of("from", phone, "text", "Hello " + id, "messageId", id));
        world.settle();
        assertThat(world.state(thread)).isEqualTo("open 2");
    }

    @Test
    void readingTheThreadCountsDown() throws Exception {
        String phone = withMessages(3);
        String thread = world.thread(phone);
        assertThat(world.state(thread)).isEqualTo("open 3");
        world.read(thread);
        assertThat(world.state(thread)).isEqualTo("open 0");
        int version = world.conversation(thread).at("/meta/version").intValue();
        world.read(thread);
        assertThat(world.conversation(thread).at("/meta/version").intValue()).isEqualTo(version);
        world.write(phone);
        assertThat(world.state(thread)).isEqualTo("open 1");
    }

    @Test
    void aPatchReadsAndTellsTheProvider() throws Exception {
        for (Map<String, ?> attributes :
                List.<Map<String, ?>>of(Map.of("unreadMessages", false), Map.of("unreadMessagesCount", 0))) {
            String phone = withMessages(2);
            String thread = world.thread(phone);
            JsonNode read = world.patched(world.id(thread), attributes);
            assertThat(read.at("/attributes/unreadMessagesCount").intValue()).isZero();
            assertThat(read.at("/attributes/unreadMessages").booleanValue()).isFalse();
            assertThat(world.state(thread)).isEqualTo("open 0");
            assertThat(world.unread(thread)).isEmpty();
        }
        // Paid as every receipt is.
        await().until(() -> world.number("select count(*) from read_receipts") == 0);
        assertThat(world.number("select count(*) from messages where delivery_status = 'read'"))
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void aClosedOneOpensWithTheNextMessageAndNotWithOurs() throws Exception {
        String phone = withMessages(1);
        String thread = world.thread(phone);
        String id = world.id(thread);
        JsonNode closed = world.patched(id, Map.of("status", "CLOSED"));
        assertThat(closed.at("/attributes/status").asString()).isEqualTo("closed");
        assertThat(world.state(thread)).isEqualTo("closed 1");
        UUID ours = UUID.randomUUID();
        assertThat(world.customer.send(ours, thread, "Hi", "Ada").statusCode()).isEqualTo(201);
        await().until(() -> !world.customer.status(ours).equals("accepted"));
        assertThat(world.state(thread)).isEqualTo("closed 1");
        world.read(thread);
        assertThat(world.state(thread)).isEqualTo("closed 0");
        world.write(phone);
        assertThat(world.state(thread)).isEqualTo("open 1");
        world.patched(id, Map.of("status", "closed", "unreadMessages", false));
        assertThat(world.state(thread)).isEqualTo("closed 0");
        world.patched(id, Map.of("status", "open"));
        assertThat(world.state(thread)).isEqualTo("open 0");
    }

    @Test
    void aDeletedMessageIsNotCounted() throws Exception {
        String phone = withMessages(3);
        String thread = world.thread(phone);
        String first = world.unread(thread).getFirst();
        assertThat(world.api("DELETE", "/messages/" + first, null).statusCode()).isEqualTo(204);
        assertThat(world.state(thread)).isEqualTo("open 2");
        assertThat(world.api("DELETE", "/messages/" + first, null).statusCode()).isEqualTo(404);
        String second = world.unread(thread).getFirst();
        world.read(thread);
        world.write(phone);
        assertThat(world.api("DELETE", "/messages/" + second, null).statusCode())
                .isEqualTo(204);
        assertThat(world.state(thread)).as("it was read before").isEqualTo("open 1");
    }

    @Test
    void itGoesWithItsThread() throws Exception {
        String thread = world.thread(withMessages(2));
        String id = world.id(thread);
        assertThat(world.api("DELETE", "/message-threads/" + thread, null).statusCode())
                .isEqualTo(204);
        assertThat(world.api("GET", "/conversations/" + id, null).statusCode()).isEqualTo(404);
        assertThat(world.patch(id, Map.of("unreadMessages", false)).statusCode())
                .isEqualTo(404);
        assertThat(world.conversation(thread)).isNull();
        assertThat(world.events(id)).containsOnly("delete");
    }

    @Test
    void itIsErasedWithItsPerson() throws Exception {
        String phone = withMessages(2);
        String candidate = world.candidate();
        String thread = world.thread(phone);
        world.send("PATCH", "/message-threads/" + thread, "messageThreads", Map.of("candidateId", candidate));
        String id = world.id(thread);
        assertThat(world.api("POST", "/candidates/" + candidate + "/erase", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api("GET", "/conversations/" + id, null).statusCode()).isEqualTo(404);
        assertThat(world.number("select count(*) from conversations where id = '" + id + "'"))
                .isZero();
        assertThat(world.number("select count(*) from events where resource_id = '" + id + "' and state is not null"))
                .isZero();
        assertThat(world.events(id)).containsOnly("delete");
        world.write(phone);
        assertThat(world.state(world.thread(phone))).as("a new person").isEqualTo("open 1");
    }

    @Test
    void mergedThreadsHaveOneThatCountsBoth() throws Exception {
        String phone = withMessages(2);
        String user = "US.1234567890123456";
        world.write(Map.of("userId", user, "text", "no number"));
        world.settle();
        String kept = world.thread(phone);
        String gone = world.server.query("select id from threads where identifier = '" + user + "'");
        String ofKept = world.id(kept);
        String ofGone = world.id(gone);
        world.patched(ofKept, Map.of("status", "closed"));
        assertThat(world.state(gone)).isEqualTo("open 1");

        world.write(Map.of("from", phone, "userId", user, "text", "both"));
        world.settle();
        await().until(() -> world.number("select count(*) from threads where id = '" + gone + "' and merged_into = '"
                        + kept + "' and not emptying")
                == 1);

        assertThat(world.state(kept)).isEqualTo("open 4");
        assertThat(world.id(gone)).as("found by both threads").isEqualTo(ofKept);
        assertThat(world.api("GET", "/conversations/" + ofGone, null).statusCode())
                .isEqualTo(404);
        assertThat(world.events(ofGone)).containsOnly("delete");
        world.read(gone);
        assertThat(world.state(kept)).isEqualTo("open 0");
    }

    @Test
    void anotherOrganizationSeesNothingOfIt() throws Exception {
        String thread = world.thread(withMessages(1));
        String id = world.id(thread);
        String other = world.server
                .make("/management/organizations", world.server.partnerToken, "organizations", Map.of("name", "Other"))
                .at("/attributes/token")
                .asString();
        String body =
                "{\"data\":{\"type\":\"conversations\",\"attributes\":{\"status\":\"closed\",\"unreadMessages\":false}}}";
        HttpResponse<String> never =
                world.server.api("PATCH", "/conversations/" + UUID.randomUUID(), other, body, "X-Request-Id", "same-1");
        HttpResponse<String> theirs =
                world.server.api("PATCH", "/conversations/" + id, other, body, "X-Request-Id", "same-1");
        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.body()).isEqualTo(never.body());
        assertThat(world.server.api("GET", "/conversations/" + id, other, null).statusCode())
                .isEqualTo(404);
        for (String path : new String[] {
            "/conversations",
            "/conversations?filter%5BmessageThreadId%5D=" + thread,
            "/conversations?filter%5BunreadMessages%5D=true"
        }) {
            JsonNode list = Json.MAPPER.readTree(
                    world.server.api("GET", path, other, null).body());
            assertThat(list.get("data")).isEmpty();
            assertThat(list.at("/meta/totalUnfiltered").intValue()).isZero();
        }
        assertThat(world.state(thread)).isEqualTo("open 1");
    }
}
