package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.quota.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SubmitConcurrencyTest extends SubmitCase {

    private static final int NODES = 4;
    private static final int CALLERS = 8;
    private static final int EACH = 40;

    /** Waits long, so that a busy machine refuses nothing. */
    static SubmitService service(Database database) {
        return service(database, (organization, account) -> {});
    }

    private static SubmitService service(Database database, DutyListener listener) {
        return new SubmitService(
                database,
                new GroupLimits(16, GroupLimits.BYTES, 1000, 10_000, Duration.ofMinutes(1)),
                MessagesDatabase.RULES,
                Duration.ofHours(24),
                listener,
                AcceptClaims.NONE,
                SubmitMeter.NONE,
                Quota.none(database));
    }

    @Test
    void fourWritersOnTheSameThreadsKeepEachOrderAndLoseNoWakeUp() throws Exception {
        List<UUID> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            threads.add(db.webThread(A));
        }
        List<Database> databases = new ArrayList<>();
        List<SubmitService> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            databases.add(db.anotherNode());
            nodes.add(service(databases.get(i)));
        }
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> dispatch = callers.submit(() -> finishHeads(over));
            List<Callable<Void>> all = new ArrayList<>();
            for (int caller = 0; caller < NODES * CALLERS; caller++) {
                SubmitService node = nodes.get(caller % NODES);
                all.add(() -> send(node, threads));
            }
            for (Future<Void> done : callers.invokeAll(all)) {
                done.get();
            }
            over.set(true);
            assertThat(dispatch.get()).as("heads finished meanwhile").isPositive();
        }
        nodes.forEach(SubmitService::close);
        databases.forEach(Database::close);
        assertThat(db.number("select count(*) from messages")).isEqualTo((long) NODES * CALLERS * EACH);
        for (UUID thread : threads) {
            long last = db.number("select max(seq) from messages where thread_id = ?", thread);
            assertThat(db.number("select count(distinct seq) from messages where thread_id = ?", thread))
                    .as("no place is given twice or left out")
                    .isEqualTo(last)
                    .isEqualTo(db.number("select count(*) from messages where thread_id = ?", thread));
            assertThat(dispatch(A, thread)).containsEntry("last_seq", last);
        }
        assertThat(db.rows("select 1 from thread_dispatch where last_seq > done_seq and due_at = 'infinity'"))
                .as("threads with work that nobody would look at")
                .isEmpty();
        assertThat(db.rows("""
                        select 1 from (
                            select e.position, lag(e.position) over (partition by m.thread_id order by m.seq) as before
                            from messages m join events e on e.organization_id = m.organization_id and e.resource_id = m.id) p
                        where p.position < p.before
                        """))
                .as("events of a thread in another order than its messages")
                .isEmpty();
    }

    private Void send(SubmitService node, List<UUID> threads) {
        for (int i = 0; i < EACH; i++) {
            Written<Submitted> written = node.submit(Commands.text(A, threads.get(i % threads.size()), "x"));
            assertThat(written)
                    .isInstanceOfSatisfying(
                            Written.Done.class,
                            done -> assertThat(done.outcome()).isInstanceOf(Submitted.Accepted.class));
            long behind = db.number("""
                    select count(*) from messages m join thread_dispatch d
                      on d.organization_id = m.organization_id and d.thread_id = m.thread_id where m.seq > d.last_seq
                    """);
            assertThat(behind).as("messages beyond their thread's last place").isZero();
        }
        return null;
    }

    /** As dispatch does: a thread that is done is put to sleep until it is woken. */
    private int finishHeads(AtomicBoolean over) {
        int finished = 0;
        while (!over.get()) {
            finished += db.run("""
                    update thread_dispatch d set done_seq = last_seq, due_at = 'infinity'
                    where d.thread_id = (select thread_id from thread_dispatch where last_seq > done_seq and due_at <= parley_now()
                                         order by random() limit 1 for no key update skip locked)
                    """);
        }
        return finished;
    }

    @Test
    void anIdThatIsSentManyTimesAtOnceIsStoredOnce() throws Exception {
        UUID thread = db.webThread(A);
        UUID id = UUID.randomUUID();
        Set<String> outcomes = ConcurrentHashMap.newKeySet();
        try (SubmitService one = service(db.database);
                Database second = db.anotherNode();
                SubmitService other = service(second);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Written<Submitted>>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                SubmitService node = i % 2 == 0 ? one : other;
                all.add(() -> node.submit(Commands.chosen(A, id, thread, "x")));
            }
            int accepted = 0;
            for (Future<Written<Submitted>> answer : callers.invokeAll(all)) {
                Submitted outcome = ((Written.Done<Submitted>) answer.get()).outcome();
                accepted += outcome instanceof Submitted.Accepted ? 1 : 0;
                outcomes.add(outcome.getClass().getSimpleName());
            }
            assertThat(accepted).isEqualTo(1);
        }
        assertThat(outcomes).containsExactlyInAnyOrder("Accepted", "IdTaken");
        assertThat(db.rows("select 1 from events")).hasSize(1);
        assertThat(dispatch(A, thread)).containsEntry("last_seq", 1L);
    }

    @Test
    void tellsWhoseAccountHasWork() {
        UUID thread = db.webThread(A);
        UUID whatsapp = db.account(A, "whatsapp", true);
        UUID closed = db.thread(A, "whatsapp");
        List<UUID> told = new ArrayList<>();
        try (SubmitService service = service(db.database, (organization, account) -> told.add(account))) {
            service.submit(Commands.text(A, thread, "x"));
            service.submit(Commands.text(A, closed, "x"));
            service.submit(Commands.scheduled(A, thread, MessagesDatabase.now().plusSeconds(60)));
        }
        assertThat(told).hasSize(1).doesNotContain(whatsapp);
    }

    @Test
    void aKeyWhoseFirstRequestIsUnderWayIsInUse() throws Exception {
        UUID thread = db.webThread(A);
        try (SubmitService service = service(db.database);
                var blocker = db.database.connection();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select 1 from thread_dispatch for update");
            Future<Written<Submitted>> first =
                    callers.submit(() -> service.submit(Commands.keyed(A, thread, "x", 1, 1)));
            await().until(() -> db.number("select count(*) from pg_locks where not granted") > 0);
            assertThat(service.submit(Commands.keyed(A, thread, "x", 1, 1)))
                    .isEqualTo(new Written.Done<>(new Submitted.KeyInUse()));
            blocker.rollback();
            assertThat(((Written.Done<Submitted>) first.get()).outcome()).isInstanceOf(Submitted.Accepted.class);
            assertThat(((Written.Done<Submitted>) service.submit(Commands.keyed(A, thread, "x", 1, 1))).outcome())
                    .isInstanceOf(Submitted.Replayed.class);
        }
    }

    @Test
    void aThreadThatBecameDueWhileItsRowWasWaitedForIsWoken() throws Exception {
        UUID thread = db.webThread(A);
        List<UUID> told = new CopyOnWriteArrayList<>();
        try (SubmitService service = service(db.database, (organization, account) -> told.add(account));
                var result = db.database.connection();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            service.submit(Commands.text(A, thread, "claimed"));
            db.run("update thread_dispatch set due_at = parley_now() + interval '90 s'");
            told.clear();
            result.setAutoCommit(false);
            result.createStatement().execute("select 1 from thread_dispatch for update");
            Future<Written<Submitted>> next = callers.submit(() -> service.submit(Commands.text(A, thread, "next")));
            await().until(() -> db.number("select count(*) from pg_locks where not granted") > 0);
            result.createStatement().execute("update thread_dispatch set due_at = parley_now()");
            result.commit();
            next.get();
        }
        assertThat(told)
                .as("a claim may have passed over the row while it was locked")
                .hasSize(1);
    }
}
