package dev.parley.server.platform.settings;

import dev.parley.server.platform.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a settings file: YAML, keys nested or with dots, lists for address blocks. At most 1 MiB. */
final class SettingsFile {

    private static final long MAX_BYTES = 1 << 20;

    private final String fileName;
    private final List<String> mistakes;
    private final Map<String, Given> given = new HashMap<>();

    private SettingsFile(String fileName, List<String> mistakes) {
        this.fileName = fileName;
        this.mistakes = mistakes;
    }

    /** By setting name; mistakes are added to the list. A key without a value counts as not given. */
    static Map<String, Given> read(Path path, List<String> mistakes) {
        SettingsFile file = new SettingsFile(path.toString(), mistakes);
        try {
            if (Files.size(path) > MAX_BYTES) {
                mistakes.add(path + ": is larger than 1 MiB, so it is hardly a settings file");
                return Map.of();
            }
            file.readRoot(parse(Files.readString(path)));
        } catch (IOException e) {
            mistakes.add(
                    path + ": the settings file cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (JacksonException e) {
            // Its message may quote the file, and with it a secret.
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            mistakes.add(path + ": is not valid YAML, or has a key twice" + (line > 0 ? " (line " + line + ")" : ""));
        }
        return file.given;
    }

    private static JsonNode parse(String text) {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(text);
    }

    private void readRoot(JsonNode root) {
        if (root.isObject()) {
            readObject("", root);
        } else if (!root.isMissingNode() && !root.isNull()) {
            mistakes.add(fileName + ": must hold keys with values, such as \"port: 8080\"");
        }
    }

    private void readObject(String prefix, JsonNode object) {
        object.properties().forEach(member -> readMember(prefix + member.getKey(), member.getValue()));
    }

    private void readMember(String name, JsonNode value) {
        if (value.isObject()) {
            readObject(name + ".", value);
        } else if (!SettingKeys.names().contains(name)) {
            mistakes.add(name + " in " + fileName + ": there is no such setting"
                    + NearestName.hint(name, SettingKeys.names()));
        } else if (value.isArray()) {
            put(
                    name,
                    String.join(",", value.valueStream().map(JsonNode::asString).toList()));
        } else if (!value.isNull()) {
            put(name, value.asString());
        }
    }

    private void put(String name, String text) {
        Given before = text.isBlank() ? null : given.put(name, new Given(name + " in " + fileName, text));
        if (before != null) {
            mistakes.add(name + " in " + fileName + ": is given twice, nested and with dots");
        }
    }
}
