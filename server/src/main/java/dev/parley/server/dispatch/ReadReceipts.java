package dev.parley.server.dispatch;

import dev.parley.connector.Outbound;
import dev.parley.connector.ReadReceipt;
import dev.parley.connector.ReceiptResult;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.dispatch.ReceiptStore.Owed;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells providers what of their messages was read: outside of any transaction, each thread's newest, five times at most with
 * growing gaps. It stands beside the order of messages and holds none of them up. Any number of nodes may run it at once.
 */
public final class ReadReceipts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadReceipts.class);
    private static final int MOST = 100;
    private static final int MOST_TRIES = 5;
    private static final Duration FIRST_GAP = Duration.ofSeconds(5);

    private final Database database;
    private final AccountReader reader;
    private final Outbound outbound;
    private final Duration deadline;
    private final ExecutorService calls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("read-receipt-", 0).factory());

    /** @param deadline the longest that a call may take */
    public ReadReceipts(Database database, AccountReader reader, Outbound outbound, Duration deadline) {
        this.database = database;
        this.reader = reader;
        this.outbound = outbound;
        this.deadline = deadline;
    }

    /** Tells what is due; how many. Call again at once while that is not zero. */
    public int runOneCycle() {
        Duration lease = deadline.multipliedBy(2);
        List<Owed> due = database.transact(connection -> ReceiptStore.take(connection, MOST, lease));
        List<? extends Future<?>> told =
                due.stream().map(owed -> calls.submit(() -> tell(owed))).toList();
        for (Future<?> one : told) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            } catch (ExecutionException e) {
                LOG.warn(
                        "a read receipt is tried again later: {}",
                        e.getCause() == null ? "" : e.getCause().getClass().getName());
            }
        }
        return due.size();
    }

    private void tell(Owed owed) {
        Account account = database.call(
                        connection -> Optional.ofNullable(ReceiptStore.account(connection, reader, owed)))
                .orElse(null);
        ReceiptResult result = account == null || account.deleted() ? ReceiptResult.REFUSED : call(account, owed);
        boolean again = result == ReceiptResult.FAILED && owed.tries() < MOST_TRIES;
        database.transact(connection -> {
            if (again) {
                ReceiptStore.later(connection, owed, FIRST_GAP.multipliedBy(1L << (2 * (owed.tries() - 1))));
            } else {
                ReceiptStore.done(connection, owed);
            }
            return true;
        });
    }

    private ReceiptResult call(Account account, Owed owed) {
        if (!account.connected()) {
            return ReceiptResult.FAILED;
        }
        ReadReceipt receipt = new ReadReceipt(owed.providerMessageId(), account.settings(), deadline);
        return account.connector().markRead(receipt, outbound);
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
