package dev.parley.server.search;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes alike what people take for the same: letters without case, accents and other marks. Done here, as not every database can. */
final class Folding {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** Letters that are not made of a plain one and a mark. */
    private static final Map<Character, String> PLAIN =
            Map.of('ł', "l", 'ø', "o", 'đ', "d", 'ð', "d", 'þ', "th", 'æ', "ae", 'œ', "oe", 'ħ', "h", 'ς', "σ");

    private Folding() {}

    static String fold(String text) {
        // As most texts are: nothing but their capitals is made alike.
        if (text.chars().allMatch(c -> c < 128)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        // Upwards first: what has no capital of its own (ß, ſ) becomes plain by it.
        String lower = bare.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            String plain = PLAIN.get(lower.charAt(i));
            if (plain == null) {
                folded.append(lower.charAt(i));
            } else {
                folded.append(plain);
            }
        }
        // Capitals of dotted letters leave their dot behind.
        return MARKS.matcher(folded).replaceAll("");
    }
}
