package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.ErrorAction;
import dev.parley.connector.ProviderError;
import dev.parley.connector.SendResult;
import dev.parley.server.dispatch.AttemptResult.Outcome;
import dev.parley.server.platform.db.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A result is written once more, as when nobody can say whether its commit was lost with the database that it was sent to. */
@NullUnmarked
class RepeatedResultTest {

    private DispatchWorld world;
    private Claimer claimer;
    private UUID thread;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        world.dispatcher.close();
        claimer = world.claimer();
        // The account's row is made by the first who looks.
        claimer.claim(key(), 1);
        thread = world.thread("31612345678", Duration.ofHours(23));
        world.submit(thread, "first");
        world.submit(thread, "second");
    }

    @AfterEach
    void end() {
        world.close();
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(
                new Outcome.Called(new SendResult.Accepted("wamid.1", List.of(), false)),
                new Outcome.Called(new SendResult.Accepted("wamid.1", List.of(), true)),
                refused(ErrorAction.FAIL),
                refused(ErrorAction.BACK_OFF),
                refused(ErrorAction.BACK_OFF_PAIR),
                refused(ErrorAction.PAUSE_ACCOUNT),
                new Outcome.Called(new SendResult.NotSent("no route")),
                new Outcome.Called(new SendResult.Unknown("cut", null)),
                new Outcome.WindowClosed(),
                new Outcome.TooLate(),
                new Outcome.HeldUp(),
                new Outcome.Unprepared());
    }

    private static Outcome refused(ErrorAction action) {
        return new Outcome.Called(new SendResult.Refused(new ProviderError(
                "131000", "", null, "something", "Something", "Something went wrong.", action, 2, null)));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void nothingChangesASecondTime(Outcome outcome) throws Exception {
        AttemptResult result = claimed(outcome);
        write(result);
        List<String> once = everything();
        write(result);
        assertThat(everything()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void anAttemptBegunSinceIsLeftAlone(Outcome outcome) throws Exception {
        AttemptResult result = claimed(outcome);
        write(result);
        world.run("update thread_dispatch set due_at = now() - interval '1 second'");
        assertThat(claimer.claim(key(), 1).result().duties())
                .as("the same message once more, or the next one")
                .hasSize(1);
        List<String> claimed = everything();
        write(result);
        assertThat(everything()).isEqualTo(claimed);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void whatIsOfAnAttemptThatWasNotCommittedIsOfNoOther(Outcome outcome) throws Exception {
        Duty duty = claimer.claim(key(), 1).result().duties().getFirst();
        Duty lost = new Duty(
                duty.account(),
                duty.message(),
                duty.seq(),
                duty.attempt(),
                duty.openedAt().minusMillis(1),
                duty.fence(),
                duty.strikes(),
                duty.identifier(),
                duty.to(),
                duty.windowLeft(),
                duty.claimedAt(),
                duty.references());
        List<String> claimed = everything();
        write(new AttemptResult(lost, outcome, 5, Instant.now()));
        assertThat(everything()).isEqualTo(claimed);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void whatACallbackToldOfAnEarlierAttemptMeanwhileIsNotSentAgain(Outcome outcome) throws Exception {
        AttemptResult result = claimed(outcome);
        world.run(
                "update messages set delivery_status = 'delivered', sent_at = now(), delivered_at = now() where id = '"
                        + result.duty().message().id() + "'");
        write(result);
        assertThat(world.texts("select phase || ' ' || delivery_status from messages order by seq"))
                .first()
                .isEqualTo("done delivered");
        assertThat(world.text("select done_seq || ' ' || coalesce(lease_until::text, 'free') from thread_dispatch"))
                .isEqualTo("1 free");
    }

    private AccountKey key() {
        return new AccountKey(world.organization, world.account);
    }

    private AttemptResult claimed(Outcome outcome) {
        Duty duty = claimer.claim(key(), 1).result().duties().getFirst();
        return new AttemptResult(duty, outcome, 5, Instant.now());
    }

    private void write(AttemptResult result) {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(1), RandomGenerator.getDefault());
        ResultStatement statement = new ResultStatement(world.settings, backOff);
        world.database.transact(connection -> {
            Group<Recorded> group = statement.run(connection, List.of(result));
            return Objects.requireNonNull(group.end()).commit(connection);
        });
    }

    /** What is stored of the thread; without times at which it is looked at again. */
    private List<String> everything() {
        return Stream.of(
                        "select m.phase || m.delivery_status || m.tries || m.updated_at from messages m order by seq",
                        "select has_work::text || done_seq || fence || coalesce(lease_until::text, '') from thread_dispatch",
                        "select a::text from attempts a order by message_id, number",
                        "select count(*)::text from events")
                .flatMap(query -> world.texts(query).stream())
                .toList();
    }
}
