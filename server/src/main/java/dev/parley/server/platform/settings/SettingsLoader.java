package dev.parley.server.platform.settings;

import dev.parley.server.platform.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings from flags, environment and file, and checks them. Collects every mistake before it refuses. */
public final class SettingsLoader {

    static final String DEFAULT = "default";

    private final List<String> mistakes = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final SettingValues values = new SettingValues();
    private final List<Map<String, Given>> sources = new ArrayList<>();
    private final SettingsInput input;

    private SettingsLoader(SettingsInput input) {
        this.input = input;
    }

    /** Flag over environment over file over default. */
    public static SettingsResult load(SettingsInput input) {
        return new SettingsLoader(input).load();
    }

    private SettingsResult load() {
        readSources();
        SettingKeys.all().forEach(this::resolve);
        CrossChecks.check(values, mistakes);
        if (!mistakes.isEmpty()) {
            return new SettingsResult.Refused(List.copyOf(mistakes));
        }
        List<EffectiveSetting> effective = SettingKeys.all().stream()
                .<EffectiveSetting>map(values::effective)
                .toList();
        return new SettingsResult.Loaded(SettingsAssembler.assemble(values), effective, List.copyOf(notices));
    }

    private void readSources() {
        mistakes.addAll(StrayArguments.explain(input.strayArguments()));
        sources.add(flags());
        sources.add(EnvironmentReader.read(input.environment(), mistakes, notices));
        String file = input.flags().getOrDefault(SettingsInput.CONFIG, environmentFile());
        if (!file.isBlank()) {
            sources.add(SettingsFile.read(Path.of(file), mistakes));
        }
    }

    private String environmentFile() {
        return input.environment().getOrDefault(EnvironmentReader.CONFIG, "");
    }

    private Map<String, Given> flags() {
        Map<String, Given> given = new HashMap<>();
        input.flags().forEach((name, text) -> {
            if (SettingKeys.names().contains(name)) {
                given.put(name, new Given(SettingKey.flagName(name), text));
            } else if (!name.equals(SettingsInput.CONFIG)) {
                mistakes.add(name + ": there is no such setting" + NearestName.hint(name, SettingKeys.names()));
            }
        });
        return given;
    }

    private <T> void resolve(SettingKey<T> key) {
        for (Map<String, Given> source : sources) {
            Given direct = source.get(key.name());
            String fileVariant = key.fileVariant();
            Given file = fileVariant == null ? null : source.get(fileVariant);
            if (direct != null && file != null) {
                mistakes.add(direct.origin() + ": is given as well as " + file.origin() + "; leave one out");
                values.putBad(key);
                return;
            }
            if (direct != null) {
                parse(key, direct);
                return;
            }
            if (file != null) {
                parseFile(key, file);
                return;
            }
        }
        parseDefault(key);
    }

    private <T> void parseFile(SettingKey<T> key, Given file) {
        try {
            parse(
                    key,
                    new Given(
                            file.origin(),
                            Files.readString(Path.of(file.text().strip())).strip()));
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add(file.origin() + ": the file " + file.text() + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
            values.putBad(key);
        }
    }

    private <T> void parseDefault(SettingKey<T> key) {
        @Nullable String text = input.commandDefaults().getOrDefault(key.name(), key.defaultText());
        if (text != null) {
            values.put(key, key.type().parser().apply(text), DEFAULT);
        }
    }

    private <T> void parse(SettingKey<T> key, Given given) {
        try {
            values.put(key, key.type().parser().apply(given.text().strip()), given.origin());
        } catch (IllegalArgumentException e) {
            mistakes.add(given.origin() + ": " + quoted(key, given) + e.getMessage());
            values.putBad(key);
        }
    }

    /** A wrong value is quoted, shortened, unless it may hold something secret. */
    private static String quoted(SettingKey<?> key, Given given) {
        if (key.secrecy() != Secrecy.PLAIN) {
            return "";
        }
        String text = given.text().strip().replaceAll("\\p{Cntrl}", "?");
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\" ";
    }
}
