package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.payloads.ChannelFit;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.MessageReference;
import dev.parley.server.platform.db.CommitOutcome;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.jsonapi.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Messages that are claimed by the transaction that accepts them. */
@NullUnmarked
class ClaimedSubmitTest extends SubmitCase {

    private final ClaimAll claims = new ClaimAll();
    private final SubmitStatement claiming = new SubmitStatement(MessagesDatabase.RULES, Duration.ofHours(24), claims);

    @Test
    void theFirstOfAThreadIsClaimedAndThoseBehindItWait() {
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
        assertThat(claims.asked).hasSize(1).allMatch(one -> one.seq() == 1 && one.freeForm());
    }

    @Test
    void aThreadThatHasSomethingToSendIsNotAskedFor() {
        UUID thread = db.webThread(A);
        one(Commands.text(A, thread, "waits"));
        committed(List.of(Commands.text(A, thread, "behind it")));
        db.run("update thread_dispatch set due_at = 'infinity'");
        committed(List.of(Commands.text(A, thread, "behind it")));
        assertThat(claims.asked).isEmpty();
        assertThat(db.rows("select 1 from attempts")).isEmpty();
    }

    @Test
    void whatNamesAnotherMessageIsNotAskedFor() {
        UUID thread = db.webThread(A);
        UUID named = UUID.randomUUID();
        one(Commands.chosen(A, named, thread, "first"));
        db.run("update thread_dispatch set done_seq = last_seq");
        SubmitCommand text = Commands.text(A, thread, "x");
        ChannelFit naming = new ChannelFit() {
            @Override
            public List<Problem> problems(ChannelRule rule) {
                return List.of();
            }

            @Override
            public List<MessageReference> references() {
                return List.of(new MessageReference(named, "/data", false));
            }
        };
        db.run("update messages set delivery_status = 'sent', phase = 'done'");
        db.run(
                "insert into attempts (organization_id, message_id, number, account_id, fence, outcome, opened_at,"
                        + " provider_message_id) select organization_id, id, 1, account_id, 1, 'accepted', now(), 'wamid.1' from messages");
        committed(List.of(new SubmitCommand(text.message(), true, naming, true, SubmitCommand.INTERACTIVE, null)));
        assertThat(db.rows("select 1 from messages where phase = 'queued'")).hasSize(1);
        assertThat(claims.asked).isEmpty();
    }

    @Test
    void whatIsScheduledOrBulkOrForAPausedAccountIsNotAskedFor() {
        UUID thread = db.webThread(A);
        committed(List.of(Commands.scheduled(A, thread, MessagesDatabase.now().plusSeconds(600))));
        SubmitCommand text = Commands.text(A, thread, "x");
        committed(List.of(new SubmitCommand(text.message(), true, text.fit(), true, SubmitCommand.BULK, null)));
        db.run("update channel_accounts set status = 'paused'");
        committed(List.of(Commands.text(A, db.webThread(A), "x")));
        assertThat(claims.asked).isEmpty();
    }

    @Test
    void whoseAcceptanceFailsIsTold() {
        UUID thread = db.webThread(A);
        assertThatThrownBy(() -> db.database.transact(connection -> {
                    connection.createStatement().execute("set transaction read only");
                    return claiming.run(connection, List.of(Commands.text(A, thread, "x")));
                }))
                .isNotNull();
        assertThat(claims.ended).containsExactly(CommitOutcome.ABORTED);
    }

    @Test
    void theGroupTellsWhatBecameOfItOnce() {
        Group<Submitted> group = committed(List.of(Commands.text(A, db.webThread(A), "x")));
        assertThat(claims.ended).isEmpty();
        Objects.requireNonNull(group.ended()).accept(CommitOutcome.COMMITTED);
        assertThat(claims.ended).containsExactly(CommitOutcome.COMMITTED);
    }

    private Group<Submitted> committed(List<SubmitCommand> commands) {
        return db.database.transact(connection -> ended(connection, claiming.run(connection, commands)));
    }
}
