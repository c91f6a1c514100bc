package dev.parley.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connector.RouteKey;
import dev.parley.connector.SettingSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every connector must hold about itself, its settings and identifiers. A connector's test inherits this, {@link
 * SendContract} and {@link CallbackContract} in three nested classes and gives each the same {@link ConnectorSample}.
 */
public abstract class ConnectorContract {

    private static final String NAME = "[a-z][a-z0-9-]*";

    /** The connector under test and what belongs to it. */
    protected abstract ConnectorSample sample();

    @Test
    void shouldHaveNamesThatFitAChannelAccount() {
        assertThat(connector().provider()).matches(NAME);
        assertThat(connector().channel()).matches(NAME);
    }

    @Test
    void shouldHaveLimitsThatMakeSense() {
        assertThat(connector().capabilities().textLimit()).isPositive();
        assertThat(connector().capabilities().messagesPerSecond()).isPositive();
        assertThat(connector().capabilities()).isEqualTo(connector().capabilities());
    }

    @Test
    void shouldDescribeEachSettingOnce() {
        List<SettingSpec> settings = connector().settings();
        assertThat(settings)
                .extracting(SettingSpec::name)
                .doesNotHaveDuplicates()
                .allMatch(n -> n.matches("[a-z][A-Za-z0-9]*"));
        assertThat(settings).allMatch(setting -> setting.description().endsWith("."));
        assertThat(settings).noneMatch(setting -> setting.required() && setting.defaultValue() != null);
        assertThat(settings).noneMatch(setting -> setting.secret() && setting.defaultValue() != null);
        for (SettingSpec setting : settings) {
            SettingSpec.Form form = setting.form();
            if (form != null) {
                assertThat(setting.kind()).isEqualTo(SettingSpec.Kind.TEXT);
                assertThat(List.of(setting.defaultValue() == null ? "" : setting.defaultValue()))
                        .allMatch(value -> value.isEmpty() || form.matches(value));
            }
        }
        assertThat(sample().account().values().keySet())
                .isSubsetOf(settings.stream().map(SettingSpec::name).toList())
                .containsAll(settings.stream()
                        .filter(SettingSpec::required)
                        .map(SettingSpec::name)
                        .toList());
    }

    @Test
    void shouldSignCallbacksWithASettingThatIsSecret() {
        assertThat(connector().settings())
                .filteredOn(
                        setting -> setting.name().equals(connector().callbacks().secretSetting()))
                .singleElement()
                .matches(setting -> setting.secret() && setting.required());
    }

    @Test
    void shouldNameTheAccountTheSameEachTimeAndSurviveHalfAnAccount() {
        List<RouteKey> keys = connector().routeKeys(sample().account());
        assertThat(keys).isEqualTo(connector().routeKeys(sample().account()));
        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
        assertThat(connector().routeKeys(new AccountSettings(Map.of()))).isEmpty();
    }

    @Test
    void shouldKeepNoSecretInItsText() {
        String texts = connector() + " " + connector().callbacks() + connector().settings() + sample().account();
        assertThat(texts).doesNotContain(Secrets.of(sample()));
    }

    @Test
    void shouldBringAnIdentifierIntoOneForm() {
        IdentifierCheck.Valid stored = new IdentifierCheck.Valid(sample().identifier());
        assertThat(connector().checkIdentifier(sample().identifier())).isEqualTo(stored);
        assertThat(sample().spellings())
                .allSatisfy(spelling ->
                        assertThat(connector().checkIdentifier(spelling)).isEqualTo(stored));
        assertThat(connector().addressOf(sample().identifier()).value()).isEqualTo(sample().identifier());
    }

    @Test
    void shouldSayWhatAnIdentifierMustBeWithoutRepeatingIt() {
        assertThat(sample().noIdentifiers())
                .allSatisfy(written -> assertThat(connector().checkIdentifier(written))
                        .isInstanceOfSatisfying(IdentifierCheck.Invalid.class, invalid -> {
                            assertThat(invalid.detail()).endsWith(".").hasSizeGreaterThan(20);
                            if (written.length() > 3) {
                                assertThat(invalid.detail()).doesNotContain(written);
                            }
                        }));
    }

    @Test
    void shouldJudgeAnyTextAndAcceptItsOwnForm() {
        Map<String, Address> seen = new HashMap<>();
        for (String text : Garbage.texts()) {
            if (connector().checkIdentifier(text) instanceof IdentifierCheck.Valid valid) {
                assertThat(connector().checkIdentifier(valid.identifier())).isEqualTo(valid);
                seen.put(valid.identifier(), connector().addressOf(valid.identifier()));
            }
        }
        assertThat(seen)
                .allSatisfy((identifier, address) -> assertThat(address.value()).isEqualTo(identifier));
    }

    private Connector connector() {
        return sample().connector();
    }
}
