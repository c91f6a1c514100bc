package dev.parley.server.platform.settings;

/** Writes {@code docs/settings.md} from the list of keys. */
public final class SettingsReference {

    private static final String HEAD = """
            # Settings

            <!-- Made from the list of settings in the code; a test fails when this page is out of date, and says how to renew it. -->

            Each setting is a flag, a key in the environment, or a key in a YAML file named with `--config FILE`
            (or `PARLEY_CONFIG`); a flag wins over the environment, the environment over the file. In the file, keys are nested
            (`doubt:` and below it `wait: 5m`) or have dots (`doubt.wait: 5m`). An empty value counts as not given.

            Durations are a whole number with `ms`, `s`, `m`, `h` or `d`: `500ms`, `20s`, `10m`, `24h`, `32d`. Sizes have `B`, `KiB`,
            `MiB` or `GiB`. Address blocks are CIDR with commas between them: `10.0.0.0/8,fd00::/8`.

            A secret can be given as a file that holds it: `PARLEY_SECRET_KEY_FILE`, `--secret-key-file`, `secretKeyFile`. It is never
            a flag itself, since others on the machine could read it there.

            A mistake or an unknown key stops the start; all mistakes are reported together. `parley config` prints the settings in
            force and where each comes from, secrets hidden. Environment keys that Kubernetes makes for services named `parley` or
            `parley-…` are ignored, with a line that says so.

            The launcher reads three more from the environment: `PARLEY_JAVA_HOME` (the Java to use), `PARLEY_JAVA_OPTS` (more options
            for it) and `PARLEY_AOT=off` (no start-up cache).
            """;

    private SettingsReference() {}

    /** The whole page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        SettingKeys.sections().forEach(section -> append(page, section));
        return page.toString();
    }

    private static void append(StringBuilder page, SettingSection section) {
        page.append("\n## ").append(section.title()).append("\n\n");
        page.append("| key | environment | type | default | meaning |\n|---|---|---|---|---|\n");
        section.keys()
                .forEach(key -> page.append("| `")
                        .append(key.name())
                        .append("` | `")
                        .append(key.environmentName())
                        .append("` | ")
                        .append(type(key))
                        .append(" | ")
                        .append(defaultText(key))
                        .append(" | ")
                        .append(key.meaning())
                        .append(" |\n"));
    }

    private static String type(SettingKey<?> key) {
        return switch (key.secrecy()) {
            case PLAIN -> key.type().label();
            case HOLDS_PASSWORD -> key.type().label() + "; may be a file";
            case SECRET -> "secret: " + key.type().label();
        };
    }

    private static String defaultText(SettingKey<?> key) {
        String text = key.defaultText();
        return text == null ? "–" : text.isEmpty() ? "none" : "`" + text + "`";
    }
}
