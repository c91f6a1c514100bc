package dev.parley.server.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the words by which a resource is found: at most 512 different ones, the first. Used by one thread. */
final class Words {

    private static final int MOST = 512;
    /** Names and short forms that are also written as one word: O'Brien, don't. */
    private static final Pattern APOSTROPHE = Pattern.compile("(\\p{L})['’ʼ`](?=\\p{L})");

    private final Set<String> words = new LinkedHashSet<>();

    Words text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return this;
        }
        String folded = Folding.fold(text);
        add(Tokens.of(folded));
        Matcher apostrophes = APOSTROPHE.matcher(folded);
        if (apostrophes.find()) {
            add(Tokens.of(apostrophes.replaceAll("$1")));
        }
        Matcher runs = PhoneWords.RUN.matcher(folded);
        while (runs.find()) {
            add(PhoneWords.of(runs.group()));
        }
        return this;
    }

    private void add(Iterable<String> more) {
        for (String word : more) {
            if (words.size() < MOST) {
                words.add(word);
            }
        }
    }

    List<String> list() {
        return new ArrayList<>(words);
    }
}
