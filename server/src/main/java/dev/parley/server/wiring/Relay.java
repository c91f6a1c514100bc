package dev.parley.server.wiring;

import dev.parley.server.messages.DutyListener;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Joins two parts that tell each other of work: the one that is made first tells the relay. */
final class Relay implements DutyListener {

    private volatile @Nullable DutyListener listener;

    void connect(DutyListener later) {
        listener = later;
    }

    @Override
    public void hasWork(UUID organization, UUID account) {
        DutyListener known = listener;
        if (known != null) {
            known.hasWork(organization, account);
        }
    }
}
