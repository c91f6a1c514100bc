package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.callbacks.CallbackApplier;
import dev.parley.server.callbacks.CallbackIntake;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statuses are applied by the transaction that takes their callback in, and what can't be is stored and blocks nothing. */
@NullUnmarked
class TakenInTest {

    private DispatchWorld world;
    private CallbackIntake intake;
    private final AtomicInteger stored = new AtomicInteger();

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        intake = Appliers.intake(world, world.database, stored::incrementAndGet);
    }

    @AfterEach
    void end() {
        intake.close();
        world.close();
    }

    @Test
    void aStatusIsAppliedOnceItsCallbackIsAnswered() {
        UUID thread = sent();
        assertThat(take(thread, "delivered")).isEqualTo(CallbackIntake.Taken.STORED);
        assertThat(take(thread, "delivered")).isEqualTo(CallbackIntake.Taken.STORED);

        assertThat(world.statuses(thread)).containsExactly("delivered");
        assertThat(world.count("select count(*) from callback_updates")).isZero();
        assertThat(stored).as("nothing is left to be applied").hasValue(0);
        assertThat(world.count("select count(*) from events where resource_type = 'messages' and event = 'update'"))
                .as("sent and delivered, told once each")
                .isEqualTo(2);
    }

    @Test
    void aStatusByAnIdThatNobodyHasYetIsKeptForIt() {
        assertThat(Appliers.take(intake, world, List.of(Appliers.status("web-early", "delivered"))))
                .isEqualTo(CallbackIntake.Taken.STORED);

        assertThat(world.texts("select state from callback_updates")).containsExactly("pending");
        assertThat(stored).hasValue(1);
    }

    @Test
    void aCallbackOfManyIsAppliedAsFarAsOneTransactionGoesAndTheRestKept() {
        UUID thread = sent();
        List<Map<String, Object>> many = Collections.nCopies(501, Appliers.status(providerId(thread), "delivered"));
        assertThat(Appliers.take(intake, world, many)).isEqualTo(CallbackIntake.Taken.STORED);

        assertThat(world.statuses(thread)).containsExactly("delivered");
        assertThat(world.texts("select state from callback_updates")).containsExactly("pending");
        assertThat(stored).hasValue(1);
    }

    @Test
    void oneThatTheDatabaseRefusesIsSetAsideAndTheOtherOfItsCallbackApplied() {
        UUID good = sent();
        UUID bad = sent();
        world.run("create function refuse() returns trigger language plpgsql as $$ begin "
                + "raise exception 'refused' using errcode = '22000'; end $$");
        world.run("create trigger refused before update on messages for each row when (new.thread_id = '" + bad
                + "' and new.delivery_status = 'delivered') execute function refuse()");

        assertThat(Appliers.take(
                        intake,
                        world,
                        List.of(
                                Appliers.status(providerId(bad), "delivered"),
                                Appliers.status(providerId(good), "delivered"))))
                .isEqualTo(CallbackIntake.Taken.STORED);
        assertThat(world.count("select count(*) from callback_updates where state = 'pending'"))
                .isEqualTo(2);

        CallbackApplier applier = Appliers.on(world.database);
        while (applier.runOneCycle() > 0) {}
        assertThat(world.statuses(good)).containsExactly("delivered");
        assertThat(world.statuses(bad)).containsExactly("sent");
        assertThat(world.texts("select state from callback_updates")).containsExactly("set_aside");
    }

    @Test
    void oneThatAnotherIsInTheWayOfEachTimeWaitsAndTheOthersDoNot() {
        UUID bad = sent();
        UUID good = sent();
        world.run("create function refuse() returns trigger language plpgsql as $$ begin "
                + "raise exception 'in the way' using errcode = '40001'; end $$");
        world.run("create trigger refused before update on messages for each row when (new.thread_id = '" + bad
                + "' and new.delivery_status = 'delivered') execute function refuse()");
        assertThat(Appliers.take(
                        intake,
                        world,
                        List.of(
                                Appliers.status(providerId(bad), "delivered"),
                                Appliers.status(providerId(good), "delivered"))))
                .isEqualTo(CallbackIntake.Taken.STORED);

        CallbackApplier applier = Appliers.on(world.database);
        while (applier.runOneCycle() > 0) {}
        assertThat(world.statuses(good)).containsExactly("delivered");
        assertThat(world.texts("select state from callback_updates")).containsExactly("pending");
        world.run("drop trigger refused on messages");
        applier.runOneCycle();
        assertThat(world.statuses(bad)).containsExactly("delivered");
    }

    private UUID sent() {
        UUID thread =
                world.thread("316" + (10_000_000 + world.count("select count(*) from threads")), Duration.ofHours(23));
        world.submit(thread, "Hello");
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread)).containsExactly("sent");
        });
        return thread;
    }

    private CallbackIntake.Taken take(UUID thread, String status) {
        return Appliers.take(intake, world, List.of(Appliers.status(providerId(thread), status)));
    }

    private String providerId(UUID thread) {
        return world.text("select a.provider_message_id from attempts a join messages m on m.id = a.message_id"
                + " where m.thread_id = '" + thread + "'");
    }
}
