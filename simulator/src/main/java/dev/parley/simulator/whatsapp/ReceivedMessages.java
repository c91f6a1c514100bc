package dev.parley.simulator.whatsapp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the last 100,000 messages of a number's people were written. Thread-safe. */
final class ReceivedMessages {

    private static final int MOST = 100_000;

    private final Map<String, Long> secondsById = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(String id, long atSeconds) {
        secondsById.put(id, atSeconds);
    }

    synchronized @Nullable Long find(String id) {
        return secondsById.get(id);
    }

    synchronized void clear() {
        secondsById.clear();
    }
}
