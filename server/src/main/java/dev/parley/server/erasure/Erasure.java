package dev.parley.server.erasure;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.SqlFunction;
import dev.parley.server.threads.ThreadRemoval;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Erases persons for good. Everything is done in transactions of bounded size; one that was broken off is finished by asking
 * for it again. Safe for use by many threads at once.
 */
final class Erasure {

    private static final long LOOK_MILLIS = 50;

    /** What came of it. */
    sealed interface Outcome {
        /** Nothing of the person is left. */
        record Done(Erased erased) implements Outcome {}

        /** There is no such candidate or thread. */
        record Missing() implements Outcome {}

        /** A message of theirs is being sent; nothing more will be, and the rest is to be asked for again. */
        record StillSending() implements Outcome {}
    }

    private final Database database;
    private final FingerprintStore fingerprints;
    private final InstantSource clock;
    private final Duration lease;
    private final Duration patience;

    /**
     * @param lease after which an attempt without a result is of a node that is gone
     * @param patience how long attempts that are under way are waited for
     */
    Erasure(Database database, FingerprintStore fingerprints, InstantSource clock, Duration lease, Duration patience) {
        this.database = database;
        this.fingerprints = fingerprints;
        this.clock = clock;
        this.lease = lease;
        this.patience = patience;
    }

    Outcome candidate(UUID organization, UUID id) throws InterruptedException {
        return erase(connection ->
                Optional.ofNullable(SubjectStore.candidate(connection, organization, id, clock.instant())));
    }

    Outcome thread(UUID organization, UUID id) throws InterruptedException {
        return erase(connection -> Optional.ofNullable(SubjectStore.thread(connection, organization, id)));
    }

    private Outcome erase(SqlFunction<Optional<Subject>> person) throws InterruptedException {
        Optional<Stopped> found = database.transact(connection -> stop(connection, person));
        if (found.isEmpty()) {
            return new Outcome.Missing();
        }
        Stopped stopped = found.get();
        Subject subject = stopped.subject();
        Erased erased = stopped.erased();
        if (!sent(subject)) {
            return new Outcome.StillSending();
        }
        // Once more: what providers reported while attempts were waited for.
        erased = erased.plus(database.transact(
                connection -> Erased.callbacks(RawCallbackStore.remove(connection, subject, stopped.values()))));
        for (Erased chunk = chunk(subject); chunk.messages() > 0; chunk = chunk(subject)) {
            erased = erased.plus(chunk);
        }
        Erased before = erased;
        return new Outcome.Done(database.transact(connection -> finish(connection, subject, before)));
    }

    private Erased chunk(Subject subject) {
        return database.transact(connection -> ErasureStore.chunk(connection, subject, fingerprints, clock.instant()));
    }

    /** Whose, what was erased by then, and by which values the person was known. */
    private record Stopped(Subject subject, Erased erased, Set<String> values) {}

    /**
     * Finds the person and stops; empty when there is none. A merge that was waited for, or came in between, has given them another
     * thread, or its messages to one: then it is done again.
     */
    private Optional<Stopped> stop(Connection connection, SqlFunction<Optional<Subject>> person) throws SQLException {
        Optional<Subject> subject = person.apply(connection);
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        Stopped stopped = stop(connection, subject.get());
        if (!threads(person.apply(connection)).equals(threads(subject))) {
            throw new SQLException("a thread of theirs was merged this moment", "40001");
        }
        return Optional.of(stopped);
    }

    private static Set<UUID> threads(Optional<Subject> subject) {
        return subject.map(one -> Set.copyOf(one.threads())).orElse(Set.of());
    }

    /** From the commit on nothing of the person is accepted or sent, and what was received before is not applied any more. */
    private Stopped stop(Connection connection, Subject subject) throws SQLException {
        Instant now = clock.instant();
        int events = 0;
        for (UUID thread : subject.threads().stream().sorted().toList()) {
            events += ThreadRemoval.begin(connection, subject.organizationId(), thread, now)
                    .orElse(0);
        }
        // Under the threads' locks: whoever applies an update of the person waits for this, and then finds it.
        Set<String> values = RawCallbackStore.values(connection, subject);
        fingerprints.addValues(connection, subject.organizationId(), values);
        int callbacks = RawCallbackStore.remove(connection, subject, values);
        return new Stopped(subject, new Erased(0, 0, 0, 0, callbacks, events, 0), values);
    }

    private boolean sent(Subject subject) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (database.call(connection -> ErasureStore.hasOpenAttempt(connection, subject, lease.toMillis()))) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private Erased finish(Connection connection, Subject subject, Erased before) throws SQLException {
        Instant now = clock.instant();
        Erased all = before.plus(ErasureStore.persons(connection, subject, now));
        ErasureStore.audit(connection, subject, all, now);
        return all;
    }
}
