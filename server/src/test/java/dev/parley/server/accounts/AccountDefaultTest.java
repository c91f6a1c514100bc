package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.phone;
import static dev.parley.server.accounts.AccountsServer.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.accounts.AccountsServer.Told;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountDefaultTest {

    private AccountsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new AccountsServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void firstOfEachChannelIsItsDefault() throws Exception {
        assertThat(isDefault(server.post("one", phone("100")))).isTrue();
        assertThat(isDefault(server.post("one", web("Site")))).isTrue();
        assertThat(isDefault(server.post("one", phone("200")))).isFalse();
    }

    @Test
    void newDefaultTakesItFromTheOldAndTellsBoth() throws Exception {
        String old = server.post("one", phone("100")).expect(201).id();
        Answer made =
                server.post("one", phone("200", "s", ",\"isDefault\":true")).expect(201);
        assertThat(isDefault(made)).isTrue();
        assertThat(isDefault(server.get("one", "/" + old))).isFalse();
        Told told = server.events(old).getLast();
        assertThat(told.event()).isEqualTo("update");
        assertThat(told.fields()).containsExactly("isDefault");
        assertThat(told.version()).isEqualTo(2);
        server.patch("one", old, "{\"isDefault\":true}").expect(200);
        assertThat(defaults()).containsExactly(old);
        assertThat(server.events(made.id())
                        .getLast()
                        .state()
                        .at("/attributes/isDefault")
                        .booleanValue())
                .isFalse();
        assertThat(server.events(made.id())
                        .getLast()
                        .state()
                        .at("/attributes/settings/accessToken")
                        .asString())
                .isEqualTo("***");
    }

    @Test
    void defaultCanBeGivenUpAndIsNotHandedOn() throws Exception {
        String first = server.post("one", phone("100")).expect(201).id();
        String second = server.post("one", phone("200")).expect(201).id();
        assertThat(isDefault(server.patch("one", first, "{\"isDefault\":false}").expect(200)))
                .isFalse();
        assertThat(defaults()).isEmpty();
        server.patch("one", first, "{\"isDefault\":true}").expect(200);
        server.delete("one", first).expect(204);
        assertThat(defaults()).isEmpty();
        assertThat(server.events(second)).hasSize(1);
    }

    @Test
    void clientsThatSwitchAtOnceLeaveOneDefaultAndAnUnbrokenHistory() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String number : List.of("100", "200", "300")) {
            ids.add(server.post("one", phone(number)).expect(201).id());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Answer>> sent = IntStream.range(0, 60)
                    .mapToObj(i -> threads.submit(
                            () -> server.patch("one", ids.get(i % 3), "{\"isDefault\":true,\"name\":\"" + i + "\"}")))
                    .toList();
            assertThat(answers(sent).stream().map(Answer::status)).containsOnly(200);
        }
        assertThat(defaults()).hasSize(1);
        for (String id : ids) {
            List<Told> events = server.events(id);
            assertThat(events.stream().map(Told::version))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, events.size()).boxed().toList());
            assertThat(events.getLast().state().get("attributes"))
                    .isEqualTo(server.get("one", "/" + id).attributes());
        }
    }

    @Test
    void twoWhoTakeTheDefaultInTheSameMomentTakeTurns() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String number : List.of("100", "200", "300")) {
            ids.add(server.post("one", phone(number)).expect(201).id());
        }
        List<Answer> answers =
                overlapping("events", 2, client -> server.patch("one", ids.get(client + 1), "{\"isDefault\":true}"));
        assertThat(answers.stream().map(Answer::status)).containsExactly(200, 200);
        assertThat(defaults()).hasSize(1).isSubsetOf(ids.subList(1, 3));
    }

    @Test
    void firstAccountsMadeInTheSameMomentHaveOneDefault() throws Exception {
        List<Answer> answers = overlapping("channel_accounts", 4, client -> server.post("one", phone("10" + client)));
        assertThat(answers.stream().map(Answer::status)).containsOnly(201);
        assertThat(defaults()).hasSize(1);
    }

    @Test
    void numberConnectedInTheSameMomentIsConnectedOnce() throws Exception {
        List<Answer> answers = overlapping("callback_routes", 4, client -> server.post("one", phone("100")));
        assertThat(answers.stream().map(Answer::status).sorted()).containsExactly(201, 409, 409, 409);
    }

    private List<String> defaults() {
        return server.texts("select id from channel_accounts where is_default and deleted_at is null");
    }

    private static boolean isDefault(Answer answer) {
        return answer.attribute("isDefault").booleanValue();
    }

    private interface Request {
        Answer send(int client) throws Exception;
    }

    /** Requests that all have begun and none has ended: nobody may write to the table until each of them waits. */
    private List<Answer> overlapping(String table, int clients, Request request) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients);
                Connection holder = server.database.connection()) {
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("lock table " + table + " in exclusive mode");
            }
            List<Future<Answer>> sent = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> request.send(client)))
                    .toList();
            await().until(() -> waiting() == clients);
            holder.rollback();
            return answers(sent);
        }
    }

    private long waiting() {
        return server.texts(
                        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .size();
    }

    private static List<Answer> answers(List<Future<Answer>> sent) throws Exception {
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> one : sent) {
            answers.add(one.get());
        }
        return answers;
    }
}
