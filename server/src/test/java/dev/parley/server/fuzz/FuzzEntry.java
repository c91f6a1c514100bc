package dev.parley.server.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls, by its name and that of its method: gives each input to the target named by {@code fuzz.target}. For {@code
 * all}, the first byte chooses the target.
 */
public final class FuzzEntry {

    static final String TARGET = "fuzz.target";
    static final String ALL = "all";

    private static final List<FuzzTarget> CHOSEN = chosen(System.getProperty(TARGET, ALL));

    private FuzzEntry() {}

    /** Before the first input: what is loaded once is not part of the time that an input takes. */
    public static void fuzzerInitialize() throws Exception {
        for (FuzzTarget target : CHOSEN) {
            for (byte[] seed : target.seeds()) {
                target.take(seed);
            }
        }
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (CHOSEN.size() == 1) {
            CHOSEN.getFirst().take(input);
        } else if (input.length > 0) {
            CHOSEN.get((input[0] & 0xFF) % CHOSEN.size()).take(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static List<FuzzTarget> chosen(String name) {
        if (!name.equals(ALL)) {
            return List.of(Targets.of(name));
        }
        List<FuzzTarget> all = new ArrayList<>();
        Targets.ALL.values().forEach(target -> all.add(target.get()));
        return all;
    }
}
