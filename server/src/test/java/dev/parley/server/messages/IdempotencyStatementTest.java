package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Group;
import dev.parley.server.platform.db.Written;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class IdempotencyStatementTest extends SubmitCase {

    @Test
    void theSameKeyAndBodyGivesTheFirstAnswerForADay() {
        UUID thread = db.webThread(A);
        SubmitCommand first = Commands.keyed(A, thread, "x", 1, 1);
        one(first);
        db.shiftClock(Duration.ofHours(24).minusMinutes(1));
        Submitted.Replayed again = (Submitted.Replayed) one(Commands.keyed(A, thread, "x", 1, 1));
        assertThat(again.id()).isEqualTo(first.message().id());
        assertThat(json(again.state())).isEqualTo(json(MessageView.state(first.message())));
        assertThat(one(Commands.keyed(A, thread, "y", 1, 2))).isEqualTo(new Submitted.KeyReused());
        assertThat(db.rows("select 1 from messages")).hasSize(1);
        db.shiftClock(Duration.ofMinutes(2));
        SubmitCommand dayAfter = Commands.keyed(A, thread, "y", 1, 2);
        assertThat(one(dayAfter)).as("after 24 hours the key is free").isInstanceOf(Submitted.Accepted.class);
        assertThat(one(Commands.keyed(A, thread, "y", 1, 2)))
                .isInstanceOfSatisfying(
                        Submitted.Replayed.class,
                        replay -> assertThat(replay.id())
                                .isEqualTo(dayAfter.message().id()));
        assertThat(dispatch(A, thread)).containsEntry("last_seq", 2L);
    }

    @Test
    void aKeyIsForgottenWhenItWasKeptAsLongAsTheSettingSays() throws Exception {
        UUID thread = db.webThread(A);
        SubmitStatement brief = new SubmitStatement(MessagesDatabase.RULES, Duration.ofHours(1), AcceptClaims.NONE);
        one(Commands.keyed(A, thread, "x", 1, 1));
        db.shiftClock(Duration.ofMinutes(61));
        assertThat(one(Commands.keyed(A, thread, "x", 1, 1))).isInstanceOf(Submitted.Replayed.class);
        SubmitCommand later = Commands.keyed(A, thread, "y", 1, 2);
        assertThat(db.database
                        .transact(connection -> ended(connection, brief.run(connection, List.of(later))))
                        .outcomes())
                .singleElement()
                .isInstanceOf(Submitted.Accepted.class);
        assertThat(db.rows(
                        "select 1 from idempotency_keys where message_id = ?",
                        later.message().id()))
                .as("it is the later message's now")
                .hasSize(1);
    }

    @Test
    void keysAreAnOrganizationsOwn() {
        UUID thread = db.webThread(A);
        UUID foreign = db.webThread(B);
        assertThat(submit(Commands.keyed(A, thread, "x", 1, 1), Commands.keyed(B, foreign, "x", 1, 1)))
                .allMatch(Submitted.Accepted.class::isInstance);
    }

    @Test
    void whatTheWorkItselfRefusedIsKeptAndAMissingThreadIsNot() {
        UUID silent = db.thread(A, "sms");
        UUID web = db.webThread(A);
        UUID unknown = UUID.randomUUID();
        assertThat(one(Commands.keyed(A, silent, "x", 1, 1))).isEqualTo(new Submitted.NoAccount());
        assertThat(one(Commands.keyed(A, web, "x".repeat(41), 2, 1)))
                .isEqualTo(new Submitted.Unfit(List.of(Commands.TOO_LONG)));
        assertThat(one(Commands.keyed(A, unknown, "x", 3, 1))).isEqualTo(new Submitted.NoThread());
        db.account(A, "sms", true);
        assertThat(one(Commands.keyed(A, silent, "x", 1, 1)))
                .isEqualTo(new Submitted.RefusedBefore(new Submitted.NoAccount()));
        assertThat(one(Commands.keyed(A, web, "x".repeat(41), 2, 1)))
                .isEqualTo(new Submitted.RefusedBefore(new Submitted.Unfit(List.of(Commands.TOO_LONG))));
        assertThat(one(Commands.keyed(A, web, "x", 3, 2))).isInstanceOf(Submitted.Accepted.class);
        SubmitCommand taken =
                Commands.chosen(A, (UUID) db.row("select id from messages").get("id"), web, "x");
        SubmitCommand keyed = new SubmitCommand(
                taken.message(),
                true,
                Commands.fit(1),
                true,
                0,
                Commands.keyed(A, web, "x", 4, 1).idempotency());
        assertThat(one(keyed)).isEqualTo(new Submitted.IdTaken());
        assertThat(one(keyed)).isEqualTo(new Submitted.RefusedBefore(new Submitted.IdTaken()));
    }

    @Test
    void aFailedMessageIsReplayedAsItWasAnswered() {
        db.account(A, "whatsapp", true);
        UUID thread = db.thread(A, "whatsapp");
        Message answered = ((Submitted.Accepted) one(Commands.keyed(A, thread, "x", 1, 1))).message();
        Submitted.Replayed again = (Submitted.Replayed) one(Commands.keyed(A, thread, "x", 1, 1));
        assertThat(json(again.state())).isEqualTo(json(MessageView.state(answered)));
    }

    @Test
    void anAnswerWhoseMessageWasDeletedHasNoState() {
        UUID thread = db.webThread(A);
        SubmitCommand first = Commands.keyed(A, thread, "x", 1, 1);
        one(first);
        db.database.transact(connection -> {
            MessageStore.erase(connection, A, first.message().id(), MessagesDatabase.now());
            return 0;
        });
        assertThat(one(Commands.keyed(A, thread, "x", 1, 1)))
                .isEqualTo(new Submitted.Replayed(first.message().id(), null));
        assertThat(db.rows("select 1 from messages")).hasSize(1);
    }

    @Test
    void twoNodesWithTheSameKeyMakeOneMessage() throws Exception {
        UUID thread = db.webThread(A);
        SubmitCommand mine = Commands.keyed(A, thread, "x", 1, 1);
        SubmitCommand theirs = Commands.keyed(A, thread, "x", 1, 1);
        try (var connection = db.database.connection()) {
            connection.setAutoCommit(false);
            Group<Submitted> group = statement.run(connection, List.of(mine));
            assertThat(group.outcomes()).hasSize(1);
            try (Database node = db.anotherNode();
                    SubmitService other = SubmitConcurrencyTest.service(node)) {
                var answer = CompletableFuture.supplyAsync(() -> other.submit(theirs));
                await().until(() -> db.number("select count(*) from pg_locks where not granted") > 0);
                ended(connection, group);
                assertThat(answer.get())
                        .isInstanceOfSatisfying(
                                Written.Done.class,
                                done -> assertThat(done.outcome()).isInstanceOf(Submitted.Replayed.class));
            }
        }
        assertThat(db.rows("select 1 from messages")).hasSize(1);
        assertThat(db.rows("select 1 from events")).hasSize(1);
    }
}
