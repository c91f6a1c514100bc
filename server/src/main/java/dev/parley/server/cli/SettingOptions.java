package dev.parley.server.cli;

import dev.parley.server.platform.settings.Secrecy;
import dev.parley.server.platform.settings.SettingFlag;
import dev.parley.server.platform.settings.SettingKeys;
import dev.parley.server.platform.settings.SettingsInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UnmatchedArgsBinding;

/** Makes a flag of every setting, and gathers what was given. */
final class SettingOptions {

    private static final String CONFIG_FLAG = "--config";
    /** The others are found in the documentation; a help page of sixty flags helps nobody. */
    private static final Set<String> SHOWN =
            Set.of("host", "port", "managementPort", "data", "databaseUrl", "publicUrl", "log.format", "secretKeyFile");

    private final List<String> strayArguments = new ArrayList<>();
    private final Map<String, OptionSpec> options = new HashMap<>();

    void addTo(CommandSpec spec, Map<String, String> commandDefaults) {
        add(
                spec,
                SettingsInput.CONFIG,
                OptionSpec.builder(CONFIG_FLAG).paramLabel("FILE").description("Settings file (YAML)."));
        SettingKeys.flags().forEach(flag -> add(spec, flag.settingName(), option(flag, commandDefaults)));
        spec.addUnmatchedArgsBinding(UnmatchedArgsBinding.forStringCollectionSupplier(new Gatherer(strayArguments)));
        spec.usageMessage()
                .footer(
                        "",
                        "Every setting is a flag: doubt.wait is --doubt-wait. All of them: docs/settings.md,"
                                + " or the command config.");
    }

    /** What was given on the command line, with the environment beside it. */
    SettingsInput input(Map<String, String> environment, Map<String, String> commandDefaults) {
        Map<String, String> flags = new HashMap<>();
        options.forEach((name, option) -> {
            String value = option.getValue();
            if (value != null) {
                flags.put(name, value);
            }
        });
        return new SettingsInput(flags, strayArguments, environment, commandDefaults);
    }

    private void add(CommandSpec spec, String settingName, OptionSpec.Builder builder) {
        OptionSpec option = builder.type(String.class).build();
        spec.addOption(option);
        options.put(settingName, option);
    }

    private static OptionSpec.Builder option(SettingFlag flag, Map<String, String> commandDefaults) {
        String plainMeaning = flag.key().meaning().replace("`", "");
        String defaultText =
                commandDefaults.getOrDefault(flag.key().name(), flag.key().defaultText());
        boolean hasDefault = !flag.isFile() && defaultText != null && !defaultText.isEmpty();
        return OptionSpec.builder(flag.flagName())
                .paramLabel(flag.isFile() ? "FILE" : "VALUE")
                .hidden(!SHOWN.contains(flag.settingName()))
                .description((flag.isFile() && flag.key().secrecy() != Secrecy.PLAIN ? "File that holds: " : "")
                        + plainMeaning
                        + (hasDefault ? " Default: " + defaultText + "." : ""));
    }

    /** The parser adds what it cannot place to the list it gets from here, and empties it before it begins. */
    private record Gatherer(List<String> list) implements IGetter, ISetter {
        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the parser asks for its list alone
        public <T> T get() {
            return (T) list;
        }

        @Override
        public <T> T set(T value) {
            list.clear();
            return value;
        }
    }
}
