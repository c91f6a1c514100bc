package dev.parley.testkit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * A simulator's ledger as it was read so far, in the order in which the provider accepted. Only what is new is read; of what
 * is known, whether a callback was delivered is asked anew until it was. For one thread at a time.
 */
final class SentBook {

    private final Map<String, List<Sent>> byText = new LinkedHashMap<>();
    /** The highest place of a note that was sent, by its thread. */
    private final Map<String, Long> last = new HashMap<>();

    private final List<String> disordered = new ArrayList<>();
    private final Set<Long> told = new HashSet<>();
    private long read;

    /** @param pages what comes behind a place in the ledger; empty at its end */
    void readOn(LongFunction<List<Sent>> pages) {
        List<Sent> page = pages.apply(read);
        while (!page.isEmpty()) {
            page.forEach(this::add);
            page = pages.apply(read);
        }
    }

    private void add(Sent sent) {
        if (sent.sequence() != read + 1) {
            throw new IllegalStateException("the ledger goes from " + read + " to " + sent.sequence());
        }
        read = sent.sequence();
        String text = Note.textIn(sent.text());
        boolean again = byText.containsKey(text);
        byText.computeIfAbsent(text, key -> new ArrayList<>(1)).add(sent);
        OptionalLong sequence = Note.sequenceIn(text);
        if (sequence.isPresent()) {
            long before = last.merge(Note.threadIn(text), sequence.getAsLong(), Math::max);
            if (before > sequence.getAsLong() && !again) {
                disordered.add(text + " after " + before);
            }
        }
    }

    /** How often, and as what, a text was sent. */
    List<Sent> of(String text) {
        return byText.getOrDefault(text, List.of());
    }

    /** By the text of a note, or the whole text where there is none in it. */
    Map<String, List<Sent>> all() {
        return byText;
    }

    /** What was sent after one that was accepted later in the same thread. */
    List<String> disordered() {
        return disordered;
    }

    /**
     * Whether a callback with our reference was delivered.
     *
     * @param now says so of a place in the ledger
     */
    boolean proved(Sent sent, LongPredicate now) {
        if (SilentNumbers.contains(sent.to())) {
            return false;
        }
        if (sent.told() || told.contains(sent.sequence())) {
            return true;
        }
        boolean is = now.test(sent.sequence());
        if (is) {
            told.add(sent.sequence());
        }
        return is;
    }
}
