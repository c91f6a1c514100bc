package dev.parley.testkit.connector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What strangers send, always the same. */
final class Garbage {

    private static final long SEED = 20_261_122L;
    private static final int RANDOM_ONES = 200;

    private Garbage() {}

    /** Bodies that are no callback and no answer: broken, deep, huge numbers, other shapes. */
    static List<byte[]> bodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (String text : texts()) {
            bodies.add(text.getBytes(StandardCharsets.UTF_8));
        }
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_ONES; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            bodies.add(bytes);
        }
        return bodies;
    }

    static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "null",
                "0",
                "\"x\"",
                "[]",
                "{}",
                "true",
                "{",
                "}{",
                "{\"a\":1}{\"a\":1}",
                "\u0000",
                "\uFEFF{}",
                "\ud800",
                "{\"a\":\"\\ud800\"}",
                "<html><body>502 Bad Gateway</body></html>",
                "{\"error\":\"x\"}",
                "{\"error\":{}}",
                "{\"error\":null}",
                "{\"error\":{\"code\":\"x\"}}",
                "{\"error\":{\"message\":\"x\"}}",
                "{\"entry\":1}",
                "{\"entry\":[1,null,[],{}]}",
                "{\"entry\":[{\"changes\":[1,{},{\"field\":1}]}]}",
                "{\"messages\":[{}]}",
                "{\"messages\":[1,null,[],\"x\"]}",
                "{\"messages\":{\"id\":\"x\"}}",
                "{\"messages\":[{\"id\":{}}],\"statuses\":7}",
                "{\"n\":" + "9".repeat(2_000) + "}",
                "{\"message\":{\"timestamp\":1e999}}",
                "+",
                "00",
                "()",
                "-",
                "+" + "1".repeat(500)));
        texts.add("[".repeat(100_000));
        texts.add("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
        return texts;
    }

    /** Copies of a text, each with a few characters changed, cut or doubled. */
    static List<byte[]> mutants(String text, int count) {
        Random random = new Random(SEED);
        List<byte[]> mutants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder mutant = new StringBuilder(text);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutate(mutant, random);
            }
            mutants.add(mutant.toString().getBytes(StandardCharsets.UTF_8));
        }
        return mutants;
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + 1 + random.nextInt(20));
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
            case 1 -> text.delete(at, to);
            case 2 -> text.insert(at, text.substring(at, to));
            default ->
                text.replace(at, to, List.of("null", "{}", "[]", "-1", "\"\"").get(random.nextInt(5)));
        }
        if (text.isEmpty()) {
            text.append('x');
        }
    }
}
