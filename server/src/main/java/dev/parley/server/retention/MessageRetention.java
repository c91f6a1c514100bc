package dev.parley.server.retention;

import dev.parley.server.platform.db.Database;
import java.util.random.RandomGenerator;

/**
 * Forgets idempotency keys, attempts and deliveries of webhooks that were kept long enough. Meant to run each minute: then the last goes at most
 * twelve hours after its time in the largest tables, and at once in others. Safe for use by several nodes at once.
 */
public final class MessageRetention {

    private final PageWalk keys;
    private final PageWalk attempts;
    private final PageWalk deliveries;
    private final PageWalk answers;
    private final PageWalk audit;

    /**
     * Wires it.
     *
     * @param random where the walk through a table begins
     */
    public MessageRetention(Database database, RetentionSettings settings, RandomGenerator random) {
        this.keys = new PageWalk(database, ExpiryStore.IDEMPOTENCY_KEYS, settings.idempotency(), random);
        this.answers = new PageWalk(database, ExpiryStore.KEPT_ANSWERS, settings.idempotency(), random);
        this.attempts = new PageWalk(database, ExpiryStore.ATTEMPTS, settings.attempts(), random);
        this.deliveries = new PageWalk(database, ExpiryStore.WEBHOOK_DELIVERIES, settings.webhookLogs(), random);
        this.audit = new PageWalk(database, ExpiryStore.AUDIT_ENTRIES, settings.audit(), random);
    }

    /**
     * Runs once.
     *
     * @return how many rows were deleted
     */
    public synchronized int runOneCycle() throws InterruptedException {
        return keys.runOneCycle()
                + answers.runOneCycle()
                + attempts.runOneCycle()
                + deliveries.runOneCycle()
                + audit.runOneCycle();
    }
}
