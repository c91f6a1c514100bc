package dev.parley.server;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test waits for may be late on a busy machine, so its deadlines only end what will never come. Where time itself is
 * what is promised, a test says so.
 */
public final class Patience implements BeforeAllCallback {

    /** For what a whole server under load has to do. */
    public static final Duration OF_STORMS = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONGEST);
    }
}
