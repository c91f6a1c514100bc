package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SubmitStatementTest extends SubmitCase {

    @Test
    void placesSeveralMessagesOfAThreadInTheirOrder() {
        UUID thread = db.webThread(A);
        UUID other = db.webThread(A);
        UUID foreign = db.webThread(B);
        SubmitCommand[] all = {
            Commands.text(A, thread, "1"),
            Commands.text(B, foreign, "1"),
            Commands.text(A, other, "1"),
            Commands.text(A, thread, "2"),
            Commands.text(A, thread, "3"),
        };
        assertThat(submit(all)).allMatch(Submitted.Accepted.class::isInstance);
        one(Commands.text(A, thread, "4"));
        assertThat(db.rows(
                        "select payload->'text'->>'value' as text, seq from messages where thread_id = ? order by seq",
                        thread))
                .extracting(row -> row.get("text"), row -> row.get("seq"))
                .containsExactly(tuple("1", 1L), tuple("2", 2L), tuple("3", 3L), tuple("4", 4L));
        assertThat(dispatch(A, thread)).containsEntry("last_seq", 4L).containsEntry("done_seq", 0L);
        assertThat(dispatch(A, other)).containsEntry("last_seq", 1L);
        assertThat(dispatch(B, foreign)).containsEntry("last_seq", 1L);
        assertThat(db.rows("select resource_id from events where thread_id = ? order by position", thread))
                .extracting(row -> row.get("resource_id"))
                .startsWith(
                        all[0].message().id(),
                        all[3].message().id(),
                        all[4].message().id());
    }

    @Test
    void wakesAnIdleThreadForItsHeadAndLeavesABusyOneAlone() {
        UUID thread = db.webThread(A);
        Object account = db.row("select id from channel_accounts").get("id");
        db.run("update thread_dispatch set last_seq = 4, done_seq = 4, due_at = 'infinity', lane = 1");
        Submitted.Accepted woken = (Submitted.Accepted) one(Commands.text(A, thread, "x"));
        assertThat(woken.woken()).isEqualTo(account);
        assertThat(dispatch(A, thread))
                .containsEntry("last_seq", 5L)
                .containsEntry("account_id", account)
                .containsEntry("lane", 0);
        assertThat(db.rows("select 1 from thread_dispatch where due_at <= parley_now()"))
                .hasSize(1);
        db.run("update thread_dispatch set due_at = 'infinity'");
        one(Commands.text(A, thread, "y"));
        assertThat(db.rows("select 1 from thread_dispatch where due_at = 'infinity' and last_seq = 6"))
                .as("a thread that waits for its head keeps waiting")
                .hasSize(1);
    }

    @Test
    void tellsOfWorkUnlessTheThreadIsTakenCareOf() {
        UUID thread = db.webThread(A);
        UUID account = (UUID) db.row("select id from channel_accounts").get("id");
        assertThat(submit(Commands.text(A, thread, "x"), Commands.text(A, thread, "y")))
                .as("once for a group")
                .extracting(outcome -> ((Submitted.Accepted) outcome).woken())
                .containsExactly(account, null);
        assertThat(((Submitted.Accepted) one(Commands.text(A, thread, "z"))).woken())
                .as("due and not claimed: a claim may have passed over the row while this message held it")
                .isEqualTo(account);
        db.run("update thread_dispatch set due_at = parley_now() + interval '1 minute'");
        assertThat(((Submitted.Accepted) one(Commands.text(A, thread, "!"))).woken())
                .as("claimed, or put off")
                .isNull();
    }

    @Test
    void theCreateEventIsTheMessageAsItIsRead() {
        UUID thread = db.webThread(A);
        SubmitCommand command = Commands.text(A, thread, "Grüße 👋");
        one(command);
        List<Map<String, Object>> events = events(command.message().id());
        assertThat(events).hasSize(1);
        assertThat(events.getFirst())
                .containsEntry("event", "create")
                .containsEntry("resource_type", "messages")
                .containsEntry("thread_id", thread)
                .containsEntry("names", null);
        assertThat(json(events.getFirst().get("state")))
                .isEqualTo(shown(A, command.message().id()))
                .isEqualTo(json(MessageView.state(command.message())));
    }

    @Test
    void aClosedWindowFailsAtOnceAndTakesNoPlace() {
        UUID account = db.account(A, "whatsapp", true);
        UUID open = db.thread(A, "whatsapp");
        UUID closed = db.thread(A, "whatsapp");
        UUID never = db.thread(A, "whatsapp");
        db.window(A, open, account, "10 minutes");
        db.window(A, closed, account, "-1 second");
        SubmitCommand late = Commands.text(A, closed, "x");
        List<Submitted> outcomes = submit(Commands.text(A, open, "x"), late, Commands.text(A, never, "x"));
        assertThat(outcomes)
                .extracting(outcome ->
                        ((Submitted.Accepted) outcome).message().delivery().status())
                .containsExactly(DeliveryStatus.ACCEPTED, DeliveryStatus.FAILED, DeliveryStatus.FAILED);
        assertThat(((Submitted.Accepted) outcomes.get(1)).woken()).isNull();
        assertThat(stored(late))
                .containsEntry("delivery_status", "failed")
                .containsEntry("phase", "done")
                .containsEntry("seq", null)
                .containsEntry("version", 2);
        assertThat(dispatch(A, closed)).containsEntry("last_seq", 0L);
        Message answered = ((Submitted.Accepted) outcomes.get(1)).message();
        List<Map<String, Object>> events = events(answered.id());
        assertThat(events)
                .extracting(event -> event.get("event"), event -> event.get("names"))
                .containsExactly(tuple("create", null), tuple("update", "{deliveryStatus,errorMessages}"));
        assertThat(json(events.get(0).get("state"))).isEqualTo(json(MessageView.state(late.message())));
        assertThat(json(events.get(1).get("state")))
                .isEqualTo(json(MessageView.state(answered)))
                .isEqualTo(shown(A, answered.id()));
    }

    @Test
    void eachRowIsRefusedAlone() {
        db.account(A, "whatsapp", true);
        UUID good = db.webThread(A);
        UUID silent = db.thread(A, "sms");
        UUID whatsapp = db.thread(A, "whatsapp");
        UUID deleted = db.webThread(A);
        db.run("update threads set deleted_at = parley_now() where id = ?", deleted);
        UUID foreign = db.webThread(B);
        SubmitCommand fine = Commands.text(A, good, "x");
        List<Submitted> outcomes = submit(
                Commands.text(A, silent, "x"),
                Commands.text(A, deleted, "x"),
                Commands.text(A, foreign, "x"),
                Commands.text(A, UUID.randomUUID(), "x"),
                Commands.text(A, whatsapp, "x".repeat(21)),
                fine);
        assertThat(outcomes.subList(0, 5))
                .containsExactly(
                        new Submitted.NoAccount(),
                        new Submitted.NoThread(),
                        new Submitted.NoThread(),
                        new Submitted.NoThread(),
                        new Submitted.Unfit(List.of(Commands.TOO_LONG)));
        assertThat(outcomes.get(5)).isInstanceOf(Submitted.Accepted.class);
        assertThat(db.row("select id from messages"))
                .containsEntry("id", fine.message().id());
        assertThat(db.rows("select 1 from events")).hasSize(1);
    }

    @Test
    void prefersTheThreadsAccountThenTheCandidatesThenTheDefault() {
        UUID standard = db.account(A, "web", true);
        UUID written = db.account(A, "web", false);
        UUID chosen = db.account(A, "web", false);
        UUID thread = db.thread(A, "web");
        assertThat(accountOf(thread)).isEqualTo(standard);
        db.run("update threads set last_inbound_account_id = ?", written);
        assertThat(accountOf(thread)).isEqualTo(written);
        db.run("update threads set channel_account_id = ?", chosen);
        assertThat(accountOf(thread)).isEqualTo(chosen);
        db.run("update channel_accounts set deleted_at = parley_now() where id in (?, ?)", chosen, standard);
        assertThat(accountOf(thread)).isEqualTo(written);
        db.run("update channel_accounts set deleted_at = parley_now()");
        assertThat(one(Commands.text(A, thread, "x"))).isEqualTo(new Submitted.NoAccount());
    }

    private Object accountOf(UUID thread) {
        SubmitCommand command = Commands.text(A, thread, "x");
        one(command);
        return stored(command).get("account_id");
    }

    @Test
    void aMergedThreadLeadsToTheOtherOne() {
        UUID kept = db.webThread(A);
        UUID merged = db.thread(A, "web");
        db.run("delete from thread_dispatch where thread_id = ?", merged);
        db.run("update threads set merged_into = ? where id = ?", kept, merged);
        SubmitCommand command = Commands.text(A, merged, "x");
        Message answered = ((Submitted.Accepted) one(command)).message();
        assertThat(answered.threadId()).isEqualTo(kept);
        assertThat(stored(command)).containsEntry("thread_id", kept).containsEntry("seq", 1L);
        Map<String, Object> event = events(answered.id()).getFirst();
        assertThat(event).containsEntry("thread_id", kept);
        assertThat(json(event.get("state")))
                .isEqualTo(json(MessageView.state(answered)))
                .isEqualTo(shown(A, answered.id()));
    }

    @Test
    void aThreadWhoseDispatchRowWasTakenAwayMeansAgain() {
        UUID thread = db.webThread(A);
        db.run("delete from thread_dispatch where thread_id = ?", thread);
        assertThat(run(Commands.text(A, thread, "x")).outcomes()).isNull();
    }

    @Test
    void scheduledMessagesHaveNoPlaceYetAndNeedNoWindow() {
        db.account(A, "whatsapp", true);
        UUID thread = db.thread(A, "whatsapp");
        SubmitCommand later =
                Commands.scheduled(A, thread, MessagesDatabase.now().plus(Duration.ofHours(30)));
        assertThat(((Submitted.Accepted) one(later)).woken()).isNull();
        assertThat(stored(later))
                .containsEntry("phase", "scheduled")
                .containsEntry("seq", null)
                .containsEntry("delivery_status", "accepted");
        assertThat(dispatch(A, thread)).containsEntry("last_seq", 0L).containsEntry("last_message_at", null);
        assertThat(json(events(later.message().id()).getFirst().get("state")))
                .isEqualTo(shown(A, later.message().id()));
    }

    @Test
    void anIdIsTakenForEverAndInItsOrganizationOnly() {
        UUID thread = db.webThread(A);
        UUID foreign = db.webThread(B);
        UUID id = UUID.randomUUID();
        assertThat(one(Commands.chosen(A, id, thread, "first"))).isInstanceOf(Submitted.Accepted.class);
        List<Submitted> again = submit(
                Commands.chosen(A, id, thread, "second"),
                Commands.chosen(B, id, foreign, "other organization"),
                Commands.text(A, thread, "next"));
        assertThat(again.get(0)).isEqualTo(new Submitted.IdTaken());
        assertThat(again.get(1)).isInstanceOf(Submitted.Accepted.class);
        assertThat(again.get(2)).isInstanceOf(Submitted.Accepted.class);
        assertThat(dispatch(A, thread)).containsEntry("last_seq", 2L);
        db.run("update messages set deleted_at = parley_now(), phase = 'done' where id = ?", id);
        assertThat(one(Commands.chosen(A, id, thread, "third"))).isEqualTo(new Submitted.IdTaken());
    }
}
