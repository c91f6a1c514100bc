package dev.parley.server.platform.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is still to be told: each id once, and no more of them than one hint may name. Safe for use by many threads at once. */
final class Waiting {

    /** One hint of a topic. */
    record Told(Topic topic, Hint hint) {}

    private static final class Ids {
        private final Set<String> named = new LinkedHashSet<>();
        private boolean anything;

        private void add(String id) {
            if (anything || (named.add(id) && named.size() > Hint.MOST_IDS)) {
                becomeAnything();
            }
        }

        private void becomeAnything() {
            anything = true;
            named.clear();
        }
    }

    private final UUID node;
    private final Map<Topic, Ids> topics = new LinkedHashMap<>();

    Waiting(UUID node) {
        this.node = node;
    }

    synchronized void add(Topic topic, String id) {
        topics.computeIfAbsent(topic, added -> new Ids()).add(id);
    }

    /** One hint a topic; from now on nothing waits. */
    synchronized List<Told> take() {
        List<Told> taken = new ArrayList<>();
        topics.forEach((topic, ids) -> taken.add(new Told(topic, new Hint(node, List.copyOf(ids.named)))));
        topics.clear();
        return taken;
    }

    /** What could not be told waits again. */
    synchronized void putBack(List<Told> hints) {
        for (Told told : hints) {
            Ids ids = topics.computeIfAbsent(told.topic(), added -> new Ids());
            if (told.hint().ids().isEmpty()) {
                ids.becomeAnything();
            }
            told.hint().ids().forEach(ids::add);
        }
    }
}
