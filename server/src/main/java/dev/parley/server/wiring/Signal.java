package dev.parley.server.wiring;

import dev.parley.server.platform.background.Repeater;
import org.jspecify.annotations.Nullable;

/** Wakes a repeater that is made later than those who wake it. */
final class Signal implements Runnable {

    private volatile @Nullable Repeater repeater;

    void connect(Repeater later) {
        repeater = later;
    }

    @Override
    public void run() {
        Repeater known = repeater;
        if (known != null) {
            known.signal();
        }
    }
}
