package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.ErrorAction;
import dev.parley.connector.ProviderError;
import dev.parley.connectors.support.Json;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppErrorsTest {

    /** Every code of Meta's page, beside the permissions 200 to 299. */
    private static final Set<Integer> CODES = Set.of(
            0, 1, 2, 3, 4, 10, 33, 100, 190, 368, 470, 80007, 130429, 130472, 130497, 131000, 131005, 131008, 131009,
            131016, 131021, 131026, 131031, 131037, 131042, 131045, 131047, 131048, 131049, 131050, 131051, 131052,
            131053, 131055, 131056, 131057, 131059, 131060, 131062, 131064, 132000, 132001, 132005, 132007, 132012,
            132015, 132016, 132018, 132068, 132069, 133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015,
            133016, 134011, 134100, 134101, 134102, 135000, 136024, 136025, 139200, 2388318, 2388330);

    /** The codes that the documentation of errors lists for a provider's refusals. */
    private static final Set<String> PUBLIC = Set.of(
            "account_paused",
            "conversation_window_closed",
            "invalid_content",
            "provider_refused",
            "provider_unavailable",
            "rate_limited",
            "recipient_opted_out",
            "recipient_unreachable",
            "template_disabled",
            "template_not_found",
            "template_parameters_invalid",
            "template_paused",
            "template_policy_violation",
            "template_too_long");

    private final WhatsAppErrors errors = new WhatsAppErrors();

    @Test
    void shouldHaveARowForEachCodeAndNoOther() {
        TreeSet<Integer> expected = new TreeSet<>(CODES);
        for (int code = 200; code <= 299; code++) {
            expected.add(code);
        }
        assertThat(new TreeSet<>(ErrorTable.read().rows().keySet())).isEqualTo(expected);
    }

    @Test
    void shouldUseExactlyTheDocumentedPublicCodes() {
        Set<String> used = new TreeSet<>();
        ErrorTable.read().rows().values().forEach(row -> used.add(row.code()));
        assertThat(used).isEqualTo(new TreeSet<>(PUBLIC));
    }

    @Test
    void shouldGiveEachPublicCodeOneTitle() {
        Set<String> titles = new TreeSet<>();
        ErrorTable.read().rows().values().forEach(row -> titles.add(row.code() + " " + row.title()));
        assertThat(titles).hasSameSizeAs(PUBLIC);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PAUSE_ACCOUNT, 0, account_paused",
        "1, BACK_OFF, 3, provider_unavailable",
        "2, BACK_OFF, 0, provider_unavailable",
        "10, FAIL, 0, provider_refused",
        "190, PAUSE_ACCOUNT, 0, account_paused",
        "200, FAIL, 0, provider_refused",
        "250, FAIL, 0, provider_refused",
        "299, FAIL, 0, provider_refused",
        "368, FAIL_FOR_NOW, 0, provider_refused",
        "470, FAIL, 0, conversation_window_closed",
        "80007, BACK_OFF, 0, rate_limited",
        "130472, FAIL, 0, recipient_opted_out",
        "131000, BACK_OFF, 4, provider_unavailable",
        "131026, FAIL, 0, recipient_unreachable",
        "131042, PAUSE_ACCOUNT, 0, account_paused",
        "131047, FAIL, 0, conversation_window_closed",
        "131048, FAIL_FOR_NOW, 0, rate_limited",
        "131049, FAIL_FOR_NOW, 0, rate_limited",
        "131056, BACK_OFF_PAIR, 0, rate_limited",
        "132015, FAIL_FOR_NOW, 0, template_paused",
        "132069, FAIL_FOR_NOW, 0, provider_refused",
        "134101, FAIL_FOR_NOW, 0, provider_unavailable",
        "134102, FAIL, 0, provider_refused",
        "136024, FAIL_FOR_NOW, 0, provider_refused",
        "300, FAIL, 0, provider_refused",
        "999999, FAIL, 0, provider_refused"
    })
    void shouldMapACode(int code, ErrorAction action, int attempts, String publicCode) {
        ProviderError error = find("{\"code\":" + code + ",\"message\":\"m\"}");

        assertThat(error.action()).isEqualTo(action);
        assertThat(error.maxAttempts()).isEqualTo(attempts);
        assertThat(error.code()).isEqualTo(publicCode);
        assertThat(error.providerCode()).isEqualTo(String.valueOf(code));
    }

    @Test
    void shouldTryAnUnknownCodeAgainOnlyWhereGraphCallsItTransient() {
        ProviderError passing = find("{\"code\":999999,\"is_transient\":true}");
        assertThat(passing.action()).isEqualTo(ErrorAction.BACK_OFF);
        assertThat(passing.maxAttempts()).isEqualTo(4);
        assertThat(find("{\"code\":131026,\"is_transient\":true}").action()).isEqualTo(ErrorAction.FAIL);
    }

    @Test
    void shouldKnowAnErrorObjectByItsCodeAlone() {
        assertThat(find("{\"code\":\"190\"}").action()).isEqualTo(ErrorAction.PAUSE_ACCOUNT);
        for (String none : new String[] {
            "{}",
            "{\"code\":null}",
            "{\"code\":-1}",
            "{\"code\":1.5}",
            "{\"code\":\"x\"}",
            "{\"code\":99999999999}",
            "{\"code\":{}}",
            "[]",
            "\"x\""
        }) {
            assertThat(errors.find(Objects.requireNonNull(Json.read(none)), null))
                    .as(none)
                    .isNull();
        }
    }

    @Test
    void shouldKeepTheProvidersWordsWithinBounds() {
        String huge = "x".repeat(20_000);
        ProviderError error = find("{\"code\":100,\"title\":\"t\",\"error_data\":{\"details\":\"" + huge + "\"}}");
        assertThat(error.providerText()).startsWith("t: xxx").hasSize(1_000);
        assertThat(error.providerJson()).isNull();
        assertThat(find("{\"code\":100,\"title\":\"same\",\"error_data\":{\"details\":\"same\"}}")
                        .providerText())
                .isEqualTo("same");
    }

    private ProviderError find(String json) {
        return Objects.requireNonNull(errors.find(Objects.requireNonNull(Json.read(json)), null));
    }
}
