package dev.parley.server.search;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** What is searched for, and the texts it is searched in: a bounded number of words of a bounded length, in the words' own form. */
public final class WordsFuzz implements FuzzTarget {

    private static final String QUERY_SIGNS = "'\\&|!():*<>";

    private final SearchText search = new SearchText();

    @Override
    public void take(byte[] input) {
        String text = Seeds.text(input);
        List<String> words = new Words().text(text).list();
        hold(words.size() <= 512, "a bounded number of words");
        hold(words.stream().allMatch(word -> !word.isEmpty() && word.length() <= 2 * Tokens.LONGEST), "short words");
        hold(words.stream().noneMatch(WordsFuzz::hasSigns), "words without signs of a query");
        if (!text.isEmpty() && search.parse(StringNode.valueOf(text), "") instanceof Parsed.Value(Object query)) {
            for (String term : query.toString().split(" & ")) {
                hold(!term.isBlank(), "no empty term");
            }
        }
    }

    private static boolean hasSigns(String word) {
        return word.chars().anyMatch(c -> QUERY_SIGNS.indexOf(c) >= 0 || c <= ' ');
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "O'Brien said: don't",
                "+49 (0)30/123-456 and 0030 12",
                "Stra\u00dfe \u0130stanbul \u0142\u00f3d\u017a",
                "\u65e5\u672c\u8a9e \u30ab\u30bf",
                "a@b.example & (c | d) !e:*",
                "1 2 3 4 5 6 7 8 9 0 ".repeat(30),
                "7".repeat(8_000),
                "7-".repeat(4_000),
                "\ufdfa\u0345 \ud83d\ude00");
    }
}
