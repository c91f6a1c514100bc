package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads what is searched for: 1 to 200 characters, at most 10 words of letters and digits, all of which are to be found, each as
 * the beginning of a word. What comes of it is a tsquery in which {@link #SEGMENT} stands for the segment.
 */
final class SearchText implements ValueParser {

    /** Is in no word. */
    static final String SEGMENT = "~";

    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_WORDS = 10;
    /** Signs of scripts without spaces, and parts of addresses. */
    private static final int MOST_TOKENS = 40;

    private static final int SHORTEST_NUMBER = 5;

    @Override
    public Parsed parse(JsonNode value, String pointer) {
        String text = value.asString();
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MOST_CHARACTERS) {
            return bad("Search for 1 to " + MOST_CHARACTERS + " characters; these are " + length + ".");
        }
        if (text.strip().split("\\s+").length > MOST_WORDS) {
            return bad("Search for at most " + MOST_WORDS + " words.");
        }
        Set<String> terms = terms(Folding.fold(text));
        if (terms.isEmpty()) {
            return bad("Search for letters or digits; there are none in this.");
        }
        return terms.size() > MOST_TOKENS
                ? bad("Search for less; this has more than " + MOST_TOKENS + " parts.")
                : new Parsed.Value(String.join(" & ", terms));
    }

    private static Parsed bad(String detail) {
        return new Parsed.Bad(List.of(Problem.of(ProblemCode.INVALID_QUERY_PARAMETER, detail)));
    }

    private static Set<String> terms(String folded) {
        Set<String> terms = new TreeSet<>();
        StringBuilder rest = new StringBuilder();
        Matcher runs = PhoneWords.RUN.matcher(folded);
        while (runs.find()) {
            String run = runs.group();
            boolean withinWord = (runs.start() > 0 && Character.isLetter(folded.charAt(runs.start() - 1)))
                    || (runs.end() < folded.length() && Character.isLetter(folded.charAt(runs.end())));
            if (!withinWord && PhoneWords.digits(run).length() >= SHORTEST_NUMBER) {
                terms.add(number(run));
                runs.appendReplacement(rest, " ");
            }
        }
        runs.appendTail(rest);
        Tokens.of(rest.toString()).forEach(token -> terms.add(beginning(token)));
        return terms;
    }

    /** Digits may be a phone number, however it is written, or several numbers. */
    private static String number(String run) {
        List<String> ways = new ArrayList<>();
        PhoneWords.written(PhoneWords.digits(run)).forEach(form -> ways.add(beginning(cut(form))));
        List<String> parts = Tokens.of(run);
        if (parts.size() > 1 && parts.size() <= MOST_WORDS && !run.startsWith("+")) {
            ways.add(parts.stream().map(SearchText::beginning).collect(Collectors.joining(" & ", "(", ")")));
        }
        return ways.stream().collect(Collectors.joining(" | ", "(", ")"));
    }

    private static String cut(String word) {
        return word.length() > Tokens.LONGEST ? word.substring(0, Tokens.LONGEST) : word;
    }

    private static String beginning(String word) {
        return "'" + SEGMENT + word + "':*";
    }
}
