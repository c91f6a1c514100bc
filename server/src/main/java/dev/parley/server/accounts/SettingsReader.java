package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.connector.SettingSpec;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the settings of one write by what the provider's connector says of them. Used once. */
final class SettingsReader {

    private static final String ATTRIBUTES = "/data/attributes";
    private static final String POINTER = ATTRIBUTES + "/settings";

    private final Connector connector;
    private final boolean creating;
    private final SettingValues values;
    private final Map<String, Optional<String>> read = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private SettingsReader(Connector connector, boolean creating, Function<URI, @Nullable String> urlCheck) {
        this.connector = connector;
        this.creating = creating;
        this.values = new SettingValues(urlCheck);
    }

    /**
     * What was valid, and what wasn't.
     *
     * @param values by name; empty for one that is to be removed
     */
    record Reading(Map<String, Optional<String>> values, List<Problem> problems) {

        @Override
        public String toString() {
            return "Reading" + values.keySet();
        }
    }

    /**
     * Reads.
     *
     * @param settings as sent; null for none
     * @param creating whether what the provider needs must be there
     * @param urlCheck says what speaks against an address; null when nothing does
     */
    static Reading read(
            Connector connector,
            @Nullable ObjectNode settings,
            boolean creating,
            Function<URI, @Nullable String> urlCheck) {
        SettingsReader reader = new SettingsReader(connector, creating, urlCheck);
        for (SettingSpec spec : connector.settings()) {
            reader.member(spec, settings);
        }
        if (settings != null) {
            settings.propertyNames().forEach(reader::known);
        }
        return new Reading(reader.read, reader.problems);
    }

    private void member(SettingSpec spec, @Nullable ObjectNode settings) {
        JsonNode given = settings == null ? null : settings.get(spec.name());
        if (given == null) {
            absent(spec, settings == null ? ATTRIBUTES : POINTER);
        } else if (given.isNull()) {
            none(spec);
        } else if (spec.secret() && given.isString() && given.stringValue().equals(AccountView.MASK)) {
            // What was read is written back: nothing was given.
            absent(spec, POINTER + "/" + spec.name());
        } else {
            value(spec, given);
        }
    }

    private void absent(SettingSpec spec, String pointer) {
        if (creating && spec.required()) {
            problems.add(Problem.at(ProblemCode.MISSING_MEMBER, pointer, give(spec)));
        }
    }

    private void none(SettingSpec spec) {
        if (spec.required()) {
            problems.add(Problem.at(ProblemCode.MISSING_MEMBER, POINTER + "/" + spec.name(), give(spec)));
        } else {
            read.put(spec.name(), Optional.empty());
        }
    }

    private void value(SettingSpec spec, JsonNode given) {
        switch (values.check(spec, given)) {
            case SettingValues.Checked.Good(String value) -> read.put(spec.name(), Optional.of(value));
            case SettingValues.Checked.Bad(String detail) ->
                problems.add(Problem.at(ProblemCode.INVALID_VALUE, POINTER + "/" + spec.name(), detail));
        }
    }

    private void known(String name) {
        List<String> names =
                connector.settings().stream().map(SettingSpec::name).toList();
        if (!names.contains(name) && !Problem.enough(problems)) {
            String hint = names.isEmpty() ? "It has none." : "There are: " + String.join(", ", names) + ".";
            problems.add(Problem.at(
                    ProblemCode.UNKNOWN_ATTRIBUTE,
                    POINTER + "/" + name.replace("~", "~0").replace("/", "~1"),
                    "There is no setting " + name + " of " + connector.provider() + ". " + hint));
        }
    }

    private static String give(SettingSpec spec) {
        return "Give the setting " + spec.name() + ": " + spec.description();
    }
}
