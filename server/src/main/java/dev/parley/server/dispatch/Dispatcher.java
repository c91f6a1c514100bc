package dev.parley.server.dispatch;

import dev.parley.connector.Address;
import dev.parley.connector.Outbound;
import dev.parley.connector.ProviderError;
import dev.parley.connector.SendResult;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.messages.AcceptClaims;
import dev.parley.server.messages.DutyListener;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.db.CertainTransaction;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.GroupWriter;
import dev.parley.server.platform.db.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to providers. Some workers claim for the accounts on the agenda, each claimed message is sent by a virtual
 * thread of its own, results are written in groups. Safe for use by many threads at once.
 */
public final class Dispatcher implements DutyListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int CLAIM_WORKERS = 4;
    private static final int MOST_PER_CLAIM = 256;
    /** An account's messages of so long are claimed together, when it was claimed for as lately: a claim costs as much as ten. */
    private static final Duration CLAIM_PACE = Duration.ofMillis(10);
    /** Nobody waits for a result but the next message of its thread. */
    private static final Duration RESULT_PACE = Duration.ofMillis(10);

    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);

    private final Database database;
    private final Claimer claimer;
    private final DirectClaims direct;
    private final Allowances allowances = new Allowances();
    private final Sender sender;
    private final GroupWriter<AttemptResult, Recorded> results;
    private final AccountPauser pauser;
    private final AddressListener addresses;
    private final Runnable unparked;
    private final DispatchMeter meter;
    private final DutyListener others;
    private final Agenda agenda = new Agenda(CLAIM_PACE);
    private final Circuit.Limits circuitLimits;
    private final Semaphore permits;
    private final int concurrency;
    private final Map<AccountKey, Circuit> circuits = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dispatch-", 0).factory());

    /**
     * @param node this process, as {@link NodeHeartbeat} keeps it
     * @param payloads tells what stored payloads say
     * @param media gives the files that they name
     * @param check is asked before each attempt, and told of refusals
     * @param unparked is run when statuses that had come before an answer wait to be applied
     * @param others are told of work that this node can't do at once
     */
    public Dispatcher(
            Database database,
            UUID node,
            AccountReader reader,
            Payloads payloads,
            MediaBytes media,
            LastCheck check,
            Outbound outbound,
            DispatchSettings settings,
            InstantSource clock,
            RandomGenerator random,
            AccountPauser pauser,
            AddressListener addresses,
            Runnable unparked,
            DispatchMeter meter,
            DutyListener others) {
        this.database = database;
        this.claimer = new Claimer(database, node, reader, payloads, settings, allowances);
        this.direct = new DirectClaims(allowances, settings.lease(), new Door());
        this.sender =
                new Sender(payloads, check, new MediaUploads(database, media, outbound), outbound, settings, clock);
        this.pauser = pauser;
        this.addresses = addresses;
        this.unparked = unparked;
        this.meter = meter;
        this.others = others;
        this.circuitLimits = settings.circuit();
        this.concurrency = settings.concurrency();
        this.permits = new Semaphore(concurrency);
        BackOff backOff = new BackOff(settings.firstBackOff(), settings.longestBackOff(), random);
        this.results = new GroupWriter<>(
                "result-writer",
                database,
                GroupLimits.patient(4 * concurrency),
                result -> List.of(result.duty().message().id()),
                new ResultStatement(settings, backOff),
                RESULT_PACE);
    }

    /** Claims messages for this node where they are accepted. */
    public AcceptClaims direct() {
        return direct;
    }

    Allowances allowances() {
        return allowances;
    }

    /** Starts the claim workers. */
    public void start() {
        for (int i = 0; i < CLAIM_WORKERS; i++) {
            workers.execute(this::work);
        }
    }

    @Override
    public void hasWork(UUID organization, UUID account) {
        offered(organization, account);
        Circuit circuit = circuits.get(new AccountKey(organization, account));
        if (permits.availablePermits() == 0 || (circuit != null && circuit.isOpen())) {
            others.hasWork(organization, account);
        }
    }

    /** As {@link #hasWork}, for work that another node has and can't do at once. */
    public void offered(UUID organization, UUID account) {
        agenda.ask(new AccountKey(organization, account), System.nanoTime());
    }

    /** Puts every account with due work on the agenda: what hints have missed. Called once a second, and by tests. */
    public void look() {
        List<AccountKey> due = database.call(AccountDispatchStore::due);
        long now = System.nanoTime();
        due.forEach(account -> agenda.ask(account, now));
    }

    /** How many calls are under way on this node. */
    public int underWay() {
        return concurrency - permits.availablePermits();
    }

    /** How many results wait for their group. */
    public int resultsQueued() {
        return results.queued();
    }

    /** The accounts that this node does not call for a while, as their provider did not answer. */
    public List<AccountKey> openCircuits() {
        return circuits.entrySet().stream()
                .filter(entry -> entry.getValue().isOpen())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** For what is claimed where it is accepted. */
    private final class Door implements DirectClaims.Door {

        @Override
        public boolean enter(AccountKey account) {
            return !circuit(account).isOpen() && permits.tryAcquire();
        }

        @Override
        public void leave() {
            permits.release();
        }

        @Override
        public void renew(AccountKey account) {
            agenda.ask(account, System.nanoTime());
        }

        @Override
        public void send(Duty duty) {
            deliver(duty, circuit(duty.accountKey()));
        }

        @Override
        public void notSent(Duty duty) {
            keepUnsent(duty);
        }
    }

    private Circuit circuit(AccountKey account) {
        return circuits.computeIfAbsent(account, key -> new Circuit(circuitLimits));
    }

    private void work() {
        try {
            for (AccountKey account = agenda.take(); account != null; account = agenda.take()) {
                try {
                    workOn(account);
                } finally {
                    agenda.done(account);
                }
            }
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOn(AccountKey account) throws InterruptedException {
        Circuit circuit = circuit(account);
        long now = System.nanoTime();
        int allowed = circuit.allowed(MOST_PER_CLAIM, now);
        if (allowed == 0) {
            agenda.ask(account, circuit.again(now));
            return;
        }
        int permitted = permits(account, allowed);
        int used = 0;
        try {
            CertainTransaction.Ended<Claimer.Claim> ended = claimer.claim(account, permitted);
            Claimer.Claim claim = ended.result();
            used = claim.duties().size();
            if (ended.certain()) {
                claim.duties().forEach(duty -> deliver(duty, circuit));
            } else {
                claim.duties().forEach(this::keepUnsent);
                circuit.tried();
                agenda.ask(account, System.nanoTime() + AFTER_TROUBLE.toNanos());
            }
            if (claim.more() != null) {
                agenda.ask(account, System.nanoTime() + claim.more().toNanos());
            }
        } catch (DatabaseException e) {
            LOG.warn("could not claim: {}", e.getMessage());
            agenda.ask(account, System.nanoTime() + AFTER_TROUBLE.toNanos());
        } catch (RuntimeException e) {
            // An account that can't be read, for example; the worker goes on with others.
            LOG.error(
                    "could not claim for account {}: {}",
                    account.accountId(),
                    e.getClass().getName());
            agenda.ask(account, System.nanoTime() + AFTER_TROUBLE.toNanos());
        } finally {
            if (used == 0) {
                circuit.tried();
            }
            permits.release(permitted - used);
        }
    }

    /** At least one permit, as soon as there is one, and more where there are. */
    private int permits(AccountKey account, int most) throws InterruptedException {
        if (!permits.tryAcquire()) {
            others.hasWork(account.organizationId(), account.accountId());
            permits.acquire();
        }
        int more = Math.min(most - 1, Math.max(0, permits.availablePermits() - 1));
        while (more > 0 && !permits.tryAcquire(more)) {
            more /= 2;
        }
        return 1 + more;
    }

    private void deliver(Duty duty, Circuit circuit) {
        withPermit(() -> keep(duty, attempted(duty, circuit)));
    }

    /**
     * Whether its claim was committed is not known: it is not sent, and if it was claimed it is free again. It has its permit
     * until that is recorded, so that closing waits for it.
     */
    private void keepUnsent(Duty duty) {
        withPermit(() -> keep(duty, sender.unsent(duty)));
    }

    /** On a thread of its own, with a permit that was taken. */
    private void withPermit(Runnable work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } finally {
                    permits.release();
                }
            });
        } catch (RejectedExecutionException e) {
            // After closing: the next node finds it in doubt.
            permits.release();
        }
    }

    private void keep(Duty duty, AttemptResult result) {
        Written<Recorded> written = results.write(duty.message().organizationId(), 1024, result);
        if (written instanceof Written.Done<Recorded>(Recorded recorded)) {
            follow(duty, result, recorded);
        }
    }

    private AttemptResult attempted(Duty duty, Circuit circuit) {
        try {
            AttemptResult result = circuit.isOpen() ? sender.askAndSend(duty) : sender.send(duty);
            meter.attempted(duty.account(), result.outcome().word(), result.milliseconds());
            judge(circuit, result);
            return result;
        } finally {
            circuit.tried();
        }
    }

    private void follow(Duty duty, AttemptResult result, Recorded recorded) {
        if (recorded.again() != null) {
            agenda.ask(duty.accountKey(), System.nanoTime() + recorded.again().toNanos());
        }
        ProviderError pause = recorded.pause();
        if (pause != null) {
            pauser.pause(
                    duty.account().organizationId(),
                    duty.account().id(),
                    "The provider refused the account, code " + pause.providerCode() + ". " + pause.detail());
        }
        if (recorded.unparked()) {
            unparked.run();
        }
        if (result.outcome()
                instanceof AttemptResult.Outcome.Called(SendResult.Accepted(var id, var named, var held))) {
            List<Address> others =
                    named.stream().filter(address -> !address.equals(duty.to())).toList();
            if (!others.isEmpty()) {
                addresses.learned(
                        duty.message().organizationId(), duty.message().threadId(), duty.to(), others);
            }
        }
    }

    private static void judge(Circuit circuit, AttemptResult result) {
        if (result.outcome() instanceof AttemptResult.Outcome.Called(SendResult called)) {
            switch (called) {
                case SendResult.Accepted yes -> circuit.answered();
                case SendResult.Refused refused -> circuit.answered();
                case SendResult.NotSent notSent -> circuit.failed(System.nanoTime());
                case SendResult.Unknown unknown -> circuit.failed(System.nanoTime());
            }
        }
    }

    /** Takes no more work, waits for calls under way and their results, and ends. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        agenda.close();
        try {
            if (!permits.tryAcquire(concurrency, 25, TimeUnit.SECONDS)) {
                LOG.warn("{} calls are still under way; the next node finds them in doubt", underWay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        results.close();
    }
}
