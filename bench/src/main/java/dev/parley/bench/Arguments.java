package dev.parley.bench;

import java.util.List;
import java.util.function.BiConsumer;

/** Options of one measurement, each a name and a value. */
final class Arguments {

    private Arguments() {}

    /**
     * Hands over each; where one is wrong, shows the usage and ends the program with 2.
     *
     * @param option takes name and value, and throws IllegalArgumentException for what there is not
     */
    static void read(List<String> arguments, String usage, BiConsumer<String, String> option) {
        try {
            for (int i = 0; i < arguments.size(); i += 2) {
                option.accept(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(usage);
            System.exit(2);
        }
    }
}
