package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.phone;
import static dev.parley.server.accounts.AccountsServer.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.accounts.AccountsServer.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
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
        List<Answer> answers = atOnce(
                2,
                30,
                (client, round) -> server.patch(
                        "one",
                        ids.get((client + round) % 3),
                        "{\"isDefault\":true,\"name\":\"%d-%d\"}".formatted(client, round)));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
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
    void firstAccountsMadeAtOnceHaveOneDefault() throws Exception {
        List<Answer> answers = atOnce(6, 1, (client, round) -> server.post("one", phone("10" + client)));
        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(defaults()).hasSize(1);
    }

    @Test
    void oneNumberConnectedAtOnceIsConnectedOnce() throws Exception {
        List<Answer> answers = atOnce(6, 1, (client, round) -> server.post("one", phone("100")));
        assertThat(answers.stream().map(Answer::status).sorted()).containsExactly(201, 409, 409, 409, 409, 409);
    }

    private List<String> defaults() {
        return server.texts("select id from channel_accounts where is_default and deleted_at is null");
    }

    private static boolean isDefault(Answer answer) {
        return answer.attribute("isDefault").booleanValue();
    }

    private interface Request {
        Answer send(int client, int round) throws Exception;
    }

    private static List<Answer> atOnce(int clients, int rounds, Request request) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients);
        List<Callable<List<Answer>>> work = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            work.add(() -> {
                start.await();
                List<Answer> answers = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    answers.add(request.send(client, round));
                }
                return answers;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> done : threads.invokeAll(work)) {
                answers.addAll(done.get());
            }
            return answers;
        }
    }
}
