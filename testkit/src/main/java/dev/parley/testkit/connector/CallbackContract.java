package dev.parley.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RawUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every connector must hold about callbacks. */
public abstract class CallbackContract {

    private static final int MUTANTS = 2_000;

    /** The connector under test and what belongs to it. */
    protected abstract ConnectorSample sample();

    @Test
    void shouldKnowItsOwnSignature() {
        assertThat(isAuthentic(sample().account(), headers(), body())).isTrue();
        assertThat(isAuthentic(sample().account(), sample().sign().apply(new byte[0]), new byte[0]))
                .isTrue();
    }

    @Test
    void shouldRefuseEveryOtherSignature() {
        byte[] changed = (sample().callback() + " ").getBytes(StandardCharsets.UTF_8);
        assertThat(isAuthentic(sample().account(), headers(), changed)).isFalse();
        assertThat(isAuthentic(sample().account(), Map.of(), body())).isFalse();
        assertThat(isAuthentic(new AccountSettings(Map.of()), headers(), body()))
                .isFalse();
        assertThat(isAuthentic(withSecret("another"), headers(), body())).isFalse();
        assertThat(isAuthentic(withSecret(""), headers(), body())).isFalse();
        headers().forEach((name, value) -> {
            for (String forged : forgeries(value)) {
                Map<String, String> headers = new HashMap<>(headers());
                headers.put(name, forged);
                assertThat(isAuthentic(sample().account(), headers, body()))
                        .as(forged)
                        .isFalse();
            }
        });
    }

    @Test
    void shouldRefuseAWrongChallenge() {
        assertThat(receiver().answerChallenge(sample().account(), Map.of())).isNull();
        assertThat(receiver().answerChallenge(new AccountSettings(Map.of()), Map.of("hub.mode", "subscribe")))
                .isNull();
    }

    @Test
    void shouldSplitIntoSingleUpdatesTheSameEachTime() {
        List<RawUpdate> updates = receiver().split(body());
        assertThat(updates).hasSize(sample().updates()).isEqualTo(receiver().split(body()));
        assertThat(updates).allSatisfy(update -> {
            ProviderUpdate parsed = receiver().parse(update.json());
            assertThat(parsed)
                    .isNotInstanceOf(ProviderUpdate.Unknown.class)
                    .isEqualTo(receiver().parse(update.json()));
            assertThat(update.toString()).doesNotContain(update.json());
        });
    }

    @Test
    void shouldWriteUpdatesThatEveryDatabaseHolds() {
        List<byte[]> bodies = new ArrayList<>(Garbage.bodies());
        bodies.addAll(Garbage.mutants(sample().callback().replace("\"text\"", "\"te\\u0000xt\\ud800\""), 200));
        bodies.forEach(body -> assertThat(receiver().split(body))
                .allSatisfy(update -> assertThat(update.json().chars()).allMatch(c -> c >= ' ' && c <= 0x7f)));
    }

    @Test
    void shouldSplitAndParseAnythingWithoutThrowing() {
        List<byte[]> bodies = new ArrayList<>(Garbage.bodies());
        bodies.addAll(Garbage.mutants(sample().callback(), MUTANTS));
        for (byte[] body : bodies) {
            for (RawUpdate update : receiver().split(body)) {
                assertSound(receiver().parse(update.json()));
            }
        }
        Garbage.texts().forEach(text -> assertSound(receiver().parse(text)));
    }

    @Test
    void shouldKeepWhatIsNoCallbackAsOneUpdateThatIsNotUnderstood() {
        for (String body : List.of("", "no JSON", "7", "[]", "{\"a\":", "[".repeat(100_000))) {
            assertThat(receiver().split(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body.length() > 20 ? "deep" : body)
                    .singleElement()
                    .satisfies(update -> {
                        assertThat(update.route()).isNull();
                        assertThat(receiver().parse(update.json())).isInstanceOf(ProviderUpdate.Unknown.class);
                    });
        }
    }

    @Test
    void shouldBeQuickWithHostileBodies() {
        String many = "{\"messages\":[" + "{},".repeat(500_000) + "{}],\"entry\":[" + "1,".repeat(500_000) + "1]}";
        long start = System.nanoTime();
        assertThat(receiver().split(many.getBytes(StandardCharsets.UTF_8))).hasSizeLessThanOrEqualTo(20_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private static void assertSound(ProviderUpdate update) {
        if (update instanceof ProviderUpdate.Inbound inbound) {
            assertThat(inbound.from()).isNotEmpty();
            assertThat(inbound.providerMessageId()).isNotBlank();
        }
        if (update instanceof ProviderUpdate.Status status) {
            assertThat(status.error() != null).isEqualTo(status.status() == ProviderUpdate.Reported.FAILED);
            assertThat(status.reference() != null || status.providerMessageId() != null)
                    .isTrue();
        }
    }

    private static List<String> forgeries(String value) {
        char last = value.charAt(value.length() - 1);
        String cut = value.substring(0, value.length() - 1);
        return List.of("", cut, cut + (last == '0' ? '1' : '0'), value + "0", "X" + value.substring(1), " " + value)
                .stream()
                .filter(forged -> !forged.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private AccountSettings withSecret(String secret) {
        Map<String, String> values = new HashMap<>(sample().account().values());
        values.put(receiver().secretSetting(), secret);
        return new AccountSettings(values);
    }

    private boolean isAuthentic(AccountSettings account, Map<String, String> headers, byte[] body) {
        return receiver().isAuthentic(account, headers, body);
    }

    private Map<String, String> headers() {
        return sample().sign().apply(body());
    }

    private byte[] body() {
        return sample().callback().getBytes(StandardCharsets.UTF_8);
    }

    private CallbackReceiver receiver() {
        return sample().connector().callbacks();
    }
}
