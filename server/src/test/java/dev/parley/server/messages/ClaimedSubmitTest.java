package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.db.CommitOutcome;
import dev.parley.server.platform.db.Group;
import dev.parley.testkit.postgres.TrafficCounter;
import dev.parley.testkit.postgres.TrafficCounter.Traffic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that are claimed by the transaction that accepts them. */
@NullUnmarked
class ClaimedSubmitTest extends SubmitCase {

    /** The insert of the attempts is sent along with what is written anyway. */
    private static final Traffic GROUP = new Traffic(2, 8);

    private final List<AcceptClaims.Candidacy> asked = new ArrayList<>();
    private final List<CommitOutcome> ended = new ArrayList<>();
    private final SubmitStatement claiming =
            new SubmitStatement(MessagesDatabase.RULES, Duration.ofHours(24), Claims::new);

    private final class Claims implements AcceptClaims.Batch {

        @Override
        public AcceptClaims.@Nullable Lease claim(AcceptClaims.Candidacy message) {
            asked.add(message);
            return new AcceptClaims.Lease(message.thread().fence() + 1, Duration.ofSeconds(90), null, null);
        }

        @Override
        public void ended(CommitOutcome outcome) {
            ended.add(outcome);
        }
    }

    @Test
    void theFirstOfAThreadIsClaimedAndThoseBehindItWait() throws SQLException {
        UUID thread = db.webThread(A);
        db.run("update thread_dispatch set fence = 6");
        Group<Submitted> group = committed(List.of(Commands.text(A, thread, "1"), Commands.text(A, thread, "2")));
        assertThat(group.outcomes())
                .as("nobody is woken for them")
                .allMatch(outcome -> ((Submitted.Accepted) outcome).woken() == null);
        assertThat(db.rows("select phase, tries, seq from messages order by seq"))
                .extracting(row -> row.get("phase") + " " + row.get("tries") + " " + row.get("seq"))
                .containsExactly("open 1 1", "queued 0 2");
        assertThat(
                        db.rows(
                                "select d.fence, a.fence as its, number, outcome, a.account_id = m.account_id as same, d.lane,"
                                        + " lease_until = d.due_at and d.due_at = a.opened_at + interval '90 s' as leased, last_seq, done_seq"
                                        + " from thread_dispatch d, attempts a join messages m on m.id = a.message_id where m.seq = 1"))
                .extracting(Object::toString)
                .containsExactly("{fence=7, its=7, number=1, outcome=null, same=true, lane=0, leased=true, last_seq=2,"
                        + " done_seq=0}");
        assertThat(asked).hasSize(1).allMatch(one -> one.seq() == 1 && one.freeForm());
    }

    @Test
    void aThreadThatHasSomethingToSendIsNotAskedFor() throws SQLException {
        UUID thread = db.webThread(A);
        one(Commands.text(A, thread, "waits"));
        committed(List.of(Commands.text(A, thread, "behind it")));
        db.run("update thread_dispatch set due_at = 'infinity'");
        committed(List.of(Commands.text(A, thread, "behind it")));
        assertThat(asked).isEmpty();
        assertThat(db.rows("select 1 from attempts")).isEmpty();
    }

    @Test
    void whatIsScheduledOrBulkOrForAPausedAccountIsNotAskedFor() throws SQLException {
        UUID thread = db.webThread(A);
        committed(List.of(Commands.scheduled(A, thread, MessagesDatabase.now().plusSeconds(600))));
        SubmitCommand text = Commands.text(A, thread, "x");
        committed(List.of(new SubmitCommand(text.message(), true, text.fit(), true, SubmitCommand.BULK, null)));
        db.run("update channel_accounts set status = 'paused'");
        committed(List.of(Commands.text(A, db.webThread(A), "x")));
        assertThat(asked).isEmpty();
    }

    @Test
    void whoseAcceptanceFailsIsTold() {
        UUID thread = db.webThread(A);
        assertThatThrownBy(() -> db.database.transact(connection -> {
                    connection.createStatement().execute("set transaction read only");
                    return claiming.run(connection, List.of(Commands.text(A, thread, "x")));
                }))
                .isNotNull();
        assertThat(ended).containsExactly(CommitOutcome.ABORTED);
    }

    @Test
    void theGroupTellsWhatBecameOfItOnce() throws SQLException {
        Group<Submitted> group = committed(List.of(Commands.text(A, db.webThread(A), "x")));
        assertThat(ended).isEmpty();
        Objects.requireNonNull(group.ended()).accept(CommitOutcome.COMMITTED);
        assertThat(ended).containsExactly(CommitOutcome.COMMITTED);
    }

    @Test
    void takesTwoRoundTripsForOneMessageAndForFifty() throws SQLException {
        try (TrafficCounter counter = db.counter();
                Connection counted = counter.counted().connect()) {
            counted.setAutoCommit(false);
            List<UUID> threads = new ArrayList<>();
            for (int i = 0; i < 52; i++) {
                threads.add(db.webThread(A));
            }
            traffic(counted, counter, threads.subList(50, 51));
            assertThat(traffic(counted, counter, threads.subList(51, 52)))
                    .as("one message")
                    .isEqualTo(GROUP);
            assertThat(traffic(counted, counter, threads.subList(0, 50)))
                    .as("fifty")
                    .isEqualTo(GROUP);
            assertThat(db.rows("select 1 from attempts")).hasSize(52);
        }
    }

    private Traffic traffic(Connection counted, TrafficCounter counter, List<UUID> threads) throws SQLException {
        Traffic before = counter.counts();
        ended(
                counted,
                claiming.run(
                        counted,
                        threads.stream()
                                .map(thread -> Commands.text(A, thread, "Hello"))
                                .toList()));
        return counter.counts().since(before);
    }

    private Group<Submitted> committed(List<SubmitCommand> commands) {
        return db.database.transact(connection -> ended(connection, claiming.run(connection, commands)));
    }
}
