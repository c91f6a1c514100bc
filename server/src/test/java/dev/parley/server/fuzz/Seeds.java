package dev.parley.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes inputs of texts, and texts of inputs. */
public final class Seeds {

    private Seeds() {}

    /** Each text in UTF-8. */
    public static List<byte[]> of(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Each text in UTF-8, after each of so many first bytes: for targets that choose by them. */
    public static List<byte[]> chosen(int choices, String... texts) {
        return Stream.of(texts)
                .flatMap(text -> Stream.iterate(0, i -> i < choices, i -> i + 1).map(i -> (char) i.intValue() + text))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** An input as text; what is no UTF-8 becomes the replacement character. */
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** An input as a header arrives: a character for each byte. */
    public static String latin(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    /** Fails when something that must hold does not. Says nothing of the input. */
    public static void hold(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
