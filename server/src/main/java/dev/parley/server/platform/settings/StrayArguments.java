package dev.parley.server.platform.settings;

import dev.parley.server.platform.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Explains what stood on the command line and belongs to nothing. */
final class StrayArguments {

    private StrayArguments() {}

    static List<String> explain(List<String> arguments) {
        List<String> mistakes = new ArrayList<>();
        boolean maybeValue = false;
        for (String argument : arguments) {
            if (argument.startsWith("-")) {
                mistakes.add(explainFlag(argument.split("=", 2)[0]));
                maybeValue = !argument.contains("=");
            } else if (maybeValue) {
                // Taken for the value of the unknown flag before it.
                maybeValue = false;
            } else {
                mistakes.add("\"" + argument + "\": no argument is expected here");
            }
        }
        return mistakes;
    }

    private static String explainFlag(String flag) {
        return secretFlags()
                .filter(flag::equals)
                .findFirst()
                .map(secret -> secret + ": a secret on the command line can be read by others; use " + secret
                        + "-file or the environment")
                .orElseGet(() -> flag + ": there is no such flag" + NearestName.hint(flag, flags()));
    }

    private static Stream<String> secretFlags() {
        return SettingKeys.all().stream()
                .filter(key -> key.secrecy() == Secrecy.SECRET)
                .map(SettingKey::flagName);
    }

    private static List<String> flags() {
        return Stream.concat(
                        SettingKeys.flags().stream().map(SettingFlag::flagName),
                        Stream.of("--config", "--json", "--help"))
                .toList();
    }
}
