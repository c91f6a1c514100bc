package dev.parley.server.events.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.events.EventLog;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a reader of a stream gets, and from where on. */
@NullUnmarked
class EventStreamTest {

    private final StreamWorld world = new StreamWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatHappensComesAsThePullShowsIt() {
        world.candidate("Before");
        StreamReader reader = world.open("");
        assertThat(reader.status).isEqualTo(200);
        assertThat(reader.headers).containsEntry("content-type", List.of("text/event-stream"));
        assertThat(reader.headers).containsEntry("cache-control", List.of("no-store"));
        JsonNode ada = world.candidate("Ada");

        await().untilAsserted(() -> assertThat(reader.events).hasSize(1));
        StreamReader.Got got = reader.events.getFirst();
        assertThat(got.name()).isEqualTo("candidates.create");
        assertThat(got.data().at("/attributes/resource")).isEqualTo(ada);
        JsonNode pulled = Json.MAPPER.readTree(
                world.call("GET", StreamWorld.API + "/events", null).body());
        assertThat(got.data()).isEqualTo(pulled.at("/data/1"));
        assertThat(got.id()).isEqualTo(pulled.at("/data/1/id").stringValue());
        assertThat(Integer.parseInt(reader.retry())).isBetween(1_000, 5_000);
    }

    @Test
    void afterTheLastIdNothingIsMissedAndNothingComesTwice() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        world.append(first);
        world.append(second);
        StreamReader all = world.open("?page[after]=0");
        await().untilAsserted(() -> assertThat(all.words()).containsExactly(deleted(first), deleted(second)));

        StreamReader later =
                world.open("", "Last-Event-ID", all.events.getFirst().id());
        world.append(third);
        await().untilAsserted(() -> assertThat(later.words()).containsExactly(deleted(second), deleted(third)));
        StreamReader browser = world.open(
                "?page[after]=0", "Last-Event-ID", later.events.getFirst().id());
        await().untilAsserted(() -> assertThat(browser.words()).containsExactly(deleted(third)));
        StreamReader now = world.open("?page[after]=latest");
        UUID fourth = UUID.randomUUID();
        world.append(fourth);
        await().untilAsserted(() -> assertThat(now.words()).containsExactly(deleted(fourth)));
        await().untilAsserted(() -> assertThat(all.words())
                .containsExactly(deleted(first), deleted(second), deleted(third), deleted(fourth)));
    }

    @Test
    void filtersLetThroughWhatIsWantedLiveAndFromTheLog() {
        UUID thread = UUID.randomUUID();
        UUID message = UUID.randomUUID();
        world.append("candidates", UUID.randomUUID(), null);
        world.append("messages", message, thread);
        StreamReader past = world.open("?page[after]=0&filter[messageThreadId]=" + thread);
        StreamReader candidates = world.open("?filter[resourceType]=candidates");
        UUID candidate = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        world.append("messages", UUID.randomUUID(), UUID.randomUUID());
        world.append("candidates", candidate, null);
        world.append("messages", next, thread);

        await().untilAsserted(() -> {
            assertThat(candidates.words()).containsExactly(deleted(candidate));
            assertThat(past.words()).containsExactly("messages.delete " + message, "messages.delete " + next);
        });
    }

    @Test
    void eachOrganizationGetsItsOwn() {
        UUID other = UUID.randomUUID();
        StreamReader foreign = world.openAs(other, "?page[after]=0");
        StreamReader own = world.open("");
        UUID mine = UUID.randomUUID();
        UUID theirs = UUID.randomUUID();
        world.append(mine);
        world.events.database.transact(connection -> {
            EventLog.append(connection, StreamWorld.event(other, "candidates", theirs, null));
            return 0;
        });
        await().untilAsserted(() -> {
            assertThat(foreign.words()).containsExactly(deleted(theirs));
            assertThat(own.words()).containsExactly(deleted(mine));
        });
    }

    @Test
    void aCursorOfADroppedPartitionHasExpiredBeforeTheStreamBegins() {
        world.append(UUID.randomUUID());
        world.events.run("select setval('event_positions', 1099511627776)");
        world.events.run("drop table events_p0");
        world.append(UUID.randomUUID());

        StreamReader expired = world.open("", "Last-Event-ID", "1");
        assertThat(expired.status).isEqualTo(410);
        assertThat(expired.refusal().at("/errors/0/code").stringValue()).isEqualTo("cursor_expired");
        assertThat(world.streams.open()).isZero();
    }

    @Test
    void theDailyCutIsPassed() {
        StreamReader reader = world.open("");
        UUID before = UUID.randomUUID();
        UUID after = UUID.randomUUID();
        world.append(before);
        await().untilAsserted(() -> assertThat(reader.words()).containsExactly(deleted(before)));
        world.events.run("select setval('event_positions', 1099511627776)");
        world.append(after);
        await().untilAsserted(() -> assertThat(reader.words()).containsExactly(deleted(before), deleted(after)));
    }

    /** The open transaction has the highest id and the lowest position, and so would be overtaken. */
    @Test
    void nothingIsSkippedThatCommitsLaterWithALowerPosition() throws Exception {
        UUID early = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        StreamReader live = world.open("");
        try (Connection lowId = world.events.begin();
                Connection highId = world.events.begin()) {
            lowId.createStatement().execute("select pg_current_xact_id()");
            highId.createStatement().execute("select pg_current_xact_id()");
            world.append(highId, "candidates", early, null);
            world.append(lowId, "candidates", late, null);
            lowId.commit();
            StreamReader opened = world.open("?page[after]=0");
            world.append(other);
            await("what lies behind the open one waits for it")
                    .during(Duration.ofSeconds(1))
                    .until(() -> live.events.isEmpty() && opened.events.isEmpty());
            highId.commit();
            await().untilAsserted(() -> {
                assertThat(live.words()).containsExactly(deleted(early), deleted(late), deleted(other));
                assertThat(opened.words()).containsExactly(deleted(early), deleted(late), deleted(other));
            });
        }
    }

    @Test
    void anEventThatCannotBeShownComesWithoutItsStateAndStopsNoOther() {
        StreamReader reader = world.open("");
        UUID unreadable = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        world.events.append(unreadable, 1);
        world.append(next);
        await().untilAsserted(() ->
                assertThat(reader.words()).containsExactly("candidates.update " + unreadable, deleted(next)));
        assertThat(reader.events.getFirst().data().at("/attributes/resource").has("attributes"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "page[after]=x, '', parameter",
        "page[after]=99999999999, '', parameter",
        "page[size]=10, '', parameter",
        "filter[resourceType]=nothing, '', parameter",
        "'', x, header"
    })
    void whatIsWrongWithTheRequestIsNamed(String query, String lastId, String source) {
        StreamReader refused = world.open("?" + query, "Last-Event-ID", lastId);
        assertThat(refused.status).isEqualTo(400);
        assertThat(refused.refusal().at("/errors/0/source").has(source)).isTrue();
    }

    @Test
    void aHeadTakesNoPlaceAndSomebodyWithoutATokenGetsNone() {
        String url = world.server.url() + StreamWorld.STREAM;
        HttpResponse<String> head =
                HttpClients.send("HEAD", url, null, "Authorization", "Bearer " + world.events.organization);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(HttpClients.send("GET", url, null).statusCode()).isEqualTo(401);
        await().until(() -> world.streams.open() == 0);
    }

    private static String deleted(UUID resource) {
        return "candidates.delete " + resource;
    }
}
