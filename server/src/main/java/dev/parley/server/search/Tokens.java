package dev.parley.server.search;

import java.util.ArrayList;
import java.util.List;

/** Cuts folded text into words of letters and digits. Where a script has no spaces, each sign is a word. */
final class Tokens {

    /** Characters of a word; what lies behind is left out. */
    static final int LONGEST = 64;

    private Tokens() {}

    static List<String> of(String folded) {
        List<String> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        folded.codePoints().forEach(point -> {
            boolean alone = standsAlone(point);
            if (alone || !Character.isLetterOrDigit(point)) {
                end(word, tokens);
            }
            if (alone) {
                tokens.add(Character.toString(point));
            } else if (Character.isLetterOrDigit(point) && word.length() < LONGEST) {
                word.appendCodePoint(point);
            }
        });
        end(word, tokens);
        return tokens;
    }

    private static void end(StringBuilder word, List<String> tokens) {
        if (!word.isEmpty()) {
            tokens.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean standsAlone(int point) {
        if (Character.isIdeographic(point)) {
            return true;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(point);
        return Character.isLetter(point)
                && (script == Character.UnicodeScript.HIRAGANA || script == Character.UnicodeScript.KATAKANA);
    }
}
