package dev.parley.server.dispatch;

import dev.parley.connector.ProviderError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What recording a result calls for afterwards.
 *
 * @param pause the error for which the account is to be paused; null when it is not
 * @param again after which the thread may have something to send; null when it has not
 * @param unparked whether statuses that had come before the answer wait to be applied
 */
record Recorded(@Nullable ProviderError pause, @Nullable Duration again, boolean unparked) {

    static final Recorded NOTHING = new Recorded(null, null, false);

    Recorded withUnparked() {
        return new Recorded(pause, again, true);
    }
}
