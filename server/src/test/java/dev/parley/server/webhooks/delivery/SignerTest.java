package dev.parley.server.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures are those of the specification's own tests; its library verifies what is signed here. */
class SignerTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_cHJldmlvdXMtc2VjcmV0LTAxMjM0NTY3ODkwMTIzNA==";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);

    private static Map<String, String> headers(Signer signer) {
        return signer.headers(ID, AT, BODY, true);
    }

    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(headers(new Signer(null, SECRET, null)))
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", SIGNATURE)
                .doesNotContainKey("X-Recrubo-Webhook-Secret");
    }

    @Test
    void aSecretWorksWithAndWithoutPrefixAndPadding() {
        assertThat(headers(new Signer(null, SECRET.substring("whsec_".length()), null)))
                .containsEntry("webhook-signature", SIGNATURE);
        assertThatCode(() -> headers(new Signer(null, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", null)))
                .doesNotThrowAnyException();
    }

    @Test
    void theSpecificationsLibraryAcceptsEitherSecretAndNothingElse() {
        Instant now = Instant.now();
        Signer signer = new Signer("plain", SECRET, OTHER);
        Map<String, String> headers = signer.headers(ID, now, BODY, true);

        assertThat(headers).containsEntry("X-Recrubo-Webhook-Secret", "plain");
        assertThatCode(() -> new Webhook(SECRET).verify(BODY, received(headers)))
                .doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(OTHER).verify(BODY, received(headers))).doesNotThrowAnyException();
        assertRefused("whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LTAxMjM0NTY3ODk=", BODY, headers);
        assertRefused(SECRET, BODY + " ", headers);
        assertRefused(SECRET, BODY, signer.headers(ID, now.minusSeconds(301), BODY, true));
        assertRefused(SECRET, BODY, signer.headers(ID, now.plusSeconds(302), BODY, true));
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            Map<String, String> without = new HashMap<>(headers);
            without.remove(name);
            assertRefused(SECRET, BODY, without);
        }
    }

    private static void assertRefused(String secret, String body, Map<String, String> headers) {
        assertThatThrownBy(() -> new Webhook(secret).verify(body, received(headers)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    /** As a receiver gets them. */
    private static Map<String, List<String>> received(Map<String, String> headers) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return HttpHeaders.of(all, (name, value) -> true).map();
    }
}
