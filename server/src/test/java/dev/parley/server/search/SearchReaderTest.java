package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchReaderTest {

    private static final String PHONE = "31612345678";

    private final SearchWorld world = new SearchWorld();
    private final UUID thread = world.threads.thread(PHONE);

    SearchReaderTest() throws Exception {}

    @BeforeEach
    void start() {
        world.organizations();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private UUID message(String text) {
        return world.threads.submit(thread, text, null);
    }

    private void erase(String path) {
        assertThat(world.threads
                        .send("one", "POST", "/public/v2/" + path + "/erase", null)
                        .statusCode())
                .isEqualTo(200);
    }

    private void readAllAgain() throws InterruptedException {
        world.threads.run("update event_readers set position = 0 where name = 'search'");
        world.threads.run("insert into search_backfills (organization_id, resource_type) select '" + world.organization
                + "', unnest(array['messages', 'messageThreads', 'candidates'])");
        world.readOn();
    }

    @Test
    void findsTheNewestFirstWithinTheOrganization() throws Exception {
        UUID one = message("Bonjour José, à bientôt");
        UUID two = message("bonjour again");
        world.readOn();

        assertThat(world.found("messages", "BONJ")).containsExactly(two, one);
        assertThat(world.found("messages", "jos bient")).containsExactly(one);
        assertThat(world.found("messages", "jose again")).isEmpty();
        assertThat(world.found("messages", "onjour")).isEmpty();
        assertThat(world.found("candidates", "bonjour")).isEmpty();
        assertThat(world.found(world.threads.otherOrganization, "messages", "bonjour"))
                .isEmpty();
        assertThat(world.found("messageThreads", "+31 6 1234")).containsExactly(thread);
        assertThat(world.found("messageThreads", "0612345678")).containsExactly(thread);
        assertThat(world.reader.runOneCycle()).isZero();
    }

    @Test
    void followsChangesAndDeletions() throws Exception {
        UUID message = message("first words");
        UUID candidate = world.threads.candidate(world.organization, "1", "Adalovelace");
        world.threads.run("update threads set candidate_id = '" + candidate + "'");
        world.changed("messageThreads", thread, "candidateId");
        world.readOn();
        assertThat(world.found("messageThreads", "adal 316")).containsExactly(thread);

        world.threads.run("update messages set payload = '{\"type\":\"text\",\"text\":{\"value\":\"second\"}}'");
        world.changed("messages", message, "deliveryStatus");
        world.threads.run("update candidates set first_name = 'Byron'");
        world.readOn();
        assertThat(world.found("messages", "second"))
                .as("it was not told that the text changed")
                .isEmpty();
        world.changed("messages", message, "payload");
        world.changed("candidates", candidate, "firstName");
        world.readOn();
        assertThat(world.found("messages", "second")).containsExactly(message);
        assertThat(world.found("messages", "first")).isEmpty();
        assertThat(world.found("messageThreads", "byron")).containsExactly(thread);
        assertThat(world.found("candidates", "byron")).containsExactly(candidate);

        world.threads.run("update candidates set deleted_at = now()");
        world.changed("candidates", candidate, "phone");
        assertThat(world.threads
                        .send("one", "DELETE", "/public/v2/message-threads/" + thread, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(world.threads.texts("select resource_type from search_entries"))
                .containsExactly("candidates");
        world.readOn();
        assertThat(world.entries()).isEqualTo("0");
    }

    @Test
    void whatWasErasedStaysErasedHoweverOftenTheLogIsRead() throws Exception {
        UUID candidate = world.threads.candidate(world.organization, PHONE, "Adalovelace");
        world.threads.run("update threads set candidate_id = '" + candidate + "'");
        message("secret words");
        world.changed("candidates", candidate, "phone");
        world.changed("messageThreads", thread, "candidateId");
        world.readOn();
        assertThat(world.entries()).isEqualTo("3");
        message("unread yet");

        erase("candidates/" + candidate);
        assertThat(world.entries()).as("at once").isEqualTo("0");
        readAllAgain();
        assertThat(world.entries()).isEqualTo("0");
    }

    @Test
    void aReaderWaitsForWhatIsBeingErased() throws Exception {
        UUID message = message("secret words");
        CompletableFuture<Void> reading;
        try (Connection erasing = world.threads.test.connect()) {
            erasing.setAutoCommit(false);
            SearchEntryStore.erase(erasing, world.organization, "messages", List.of(message));
            reading = CompletableFuture.runAsync(this::readOn);
            Awaitility.await()
                    .until(() -> world.threads
                            .text("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                            .equals("1"));
            try (Statement statement = erasing.createStatement()) {
                statement.execute("delete from messages where id = '" + message + "'");
            }
            erasing.commit();
        }
        reading.join();
        assertThat(world.found("messages", "secret")).isEmpty();
        assertThat(world.found("messageThreads", PHONE)).containsExactly(thread);
    }

    private void readOn() {
        try {
            world.readOn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nothingIsWrittenForAnOrganizationThatWasEnded() throws Exception {
        message("words");
        world.threads.run("update organizations set deleted_at = now()");
        readAllAgain();
        assertThat(world.entries()).isEqualTo("0");
    }

    @Test
    void stopsBeforeATransactionThatIsOpen() throws Exception {
        try (Connection open = world.threads.test.connect()) {
            open.setAutoCommit(false);
            try (Statement statement = open.createStatement()) {
                statement.execute("select pg_current_xact_id(), nextval('event_positions')");
            }
            message("late");
            world.reader.runOneCycle();
            assertThat(world.found("messages", "late")).isEmpty();
            open.rollback();
        }
        world.readOn();
        assertThat(world.found("messages", "late")).hasSize(1);
    }

    @Test
    void twoNodesAtOnceWriteEachEntryOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            message("word" + i);
        }
        SearchReader other = world.reader(7, 20);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                world.readOn(other);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        world.readOn(world.reader(7, 20));
        second.join();
        world.readOn();
        assertThat(world.found("messages", "word")).hasSize(60).doesNotHaveDuplicates();
        assertThat(world.threads.text("select sum(entries) from search_segments"))
                .isEqualTo("61");
    }

    @Test
    void whatWasThereBeforeIsTakenInBatchesBehindWhatIsNew() throws Exception {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            made.add(message("old " + i));
        }
        world.readOn();
        world.threads.run("delete from search_entries");
        world.threads.run("delete from search_segments");
        made.add(message("old and new"));
        world.threads.run("insert into search_backfills (organization_id, resource_type) values ('" + world.organization
                + "', 'messages')");
        SearchReader small = world.reader(10, 10);
        assertThat(small.runOneCycle()).isEqualTo(2);
        assertThat(world.found("messages", "old")).as("the newest first").hasSize(10);
        world.readOn(small);

        Collections.reverse(made);
        assertThat(world.found("messages", "old")).containsExactlyElementsOf(made);
        assertThat(world.threads.texts("select number from search_segments order by number"))
                .containsExactly("-1", "0", "1");
        assertThat(world.threads.text("select count(*) from search_backfills")).isEqualTo("0");
    }

    @Test
    void anOldMessageStaysInItsSegmentWhenItChanges() throws Exception {
        SearchReader small = world.reader(2, 2);
        UUID first = message("one");
        message("one two");
        message("one three");
        world.readOn(small);
        world.threads.run(
                "update messages set payload = '{\"type\":\"text\",\"text\":{\"value\":\"one changed\"}}' where id = '"
                        + first + "'");
        world.changed("messages", first, "payload");
        world.readOn(small);
        assertThat(world.found("messages", "one")).hasSize(3).endsWith(first);
        assertThat(world.found("messages", "one changed")).containsExactly(first);
    }
}
