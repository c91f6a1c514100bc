package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import dev.parley.connector.Connector;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connector.RouteKey;
import dev.parley.connector.SettingSpec;
import dev.parley.connectors.Connectors;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppConnectorTest {

    private final WhatsAppConnector connector = new WhatsAppConnector();

    @Test
    void shouldStateWhatWhatsAppCanDo() {
        assertThat(connector.capabilities().window()).isEqualTo(Duration.ofHours(24));
        assertThat(connector.capabilities().textLimit()).isEqualTo(4_096);
        assertThat(connector.capabilities().messagesPerSecond()).isEqualTo(80);
        assertThat(connector.settings())
                .filteredOn(SettingSpec::secret)
                .extracting(SettingSpec::name)
                .containsExactly("accessToken", "appSecret", "verifyToken");
        assertThat(connector.routeKeys(Samples.ACCOUNT))
                .containsExactly(new RouteKey("phone", "700000000000001"), new RouteKey("business", "600000000000001"));
    }

    @ParameterizedTest
    @CsvSource({
        "+49 (0)151 12345678, 4915112345678",
        "0049-151/12345678, 4915112345678",
        "+55 11 98765-4321, 5511987654321",
        "5215512345678, 5215512345678",
        "525512345678, 525512345678",
        "15550100001, 15550100001",
        "+91\u00a098765\u201143210, 919876543210"
    })
    void shouldStoreTheDigitsOfANumber(String written, String stored) {
        assertThat(connector.checkIdentifier(written)).isEqualTo(new IdentifierCheck.Valid(stored));
        assertThat(connector.addressOf(stored)).isEqualTo(new Address(Address.PHONE, stored));
    }

    @ParameterizedTest
    @CsvSource({"US.13491208655302741918", "DE.ENT.9aZ"})
    void shouldTakeAUserId(String id) {
        assertThat(connector.checkIdentifier(id)).isEqualTo(new IdentifierCheck.Valid(id));
        assertThat(connector.addressOf(id)).isEqualTo(new Address(Address.USER, id));
    }

    @ParameterizedTest
    @CsvSource({
        "0151 12345678, country code is missing",
        "+1 41555, too short",
        "+1 415 555 01234567, too long",
        "+999 12345678, No country",
        "Ada, neither a phone number nor",
        "us.1349, neither a phone number nor"
    })
    void shouldSayWhatIsWrongWithAnIdentifier(String written, String problem) {
        assertThat(connector.checkIdentifier(written))
                .isInstanceOfSatisfying(
                        IdentifierCheck.Invalid.class,
                        invalid -> assertThat(invalid.detail()).contains(problem, "for example 14155550123"));
    }

    @Test
    void shouldBeOneOfTwoConnectors() {
        assertThat(Connectors.all()).extracting(Connector::provider).containsExactly("whatsapp-cloud", "web");
    }
}
