package dev.parley.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.Content;
import dev.parley.connector.InboundContent;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.ProviderUpdate.Reported;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.connectors.support.HmacSignature;
import dev.parley.testkit.connector.CallbackContract;
import dev.parley.testkit.connector.ConnectorContract;
import dev.parley.testkit.connector.ConnectorSample;
import dev.parley.testkit.connector.FakeOutbound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConnectorTest {

    private static final String CALLBACK = """
            {"messages":[{"id":"m-1","from":"visitor-7","text":"Hello","timestamp":1790000000,"replyTo":"web-1"},
             {"id":"m-2","from":"visitor-7","text":"again","timestamp":"2026-09-21T16:13:20+02:00"}],
             "statuses":[{"id":"web-1","status":"read","timestamp":"1790000000"},
             {"reference":"r-1","status":"failed","timestamp":1790000000,"reason":"gone"}]}""";

    private final WebConnector connector = new WebConnector();

    private static ConnectorSample webSample() {
        return new ConnectorSample(
                new WebConnector(),
                new AccountSettings(Map.of("secret", "secret-of-the-site")),
                new Content.Text("Hello"),
                "visitor-7",
                List.of(" visitor-7 "),
                List.of("", "a b c d", "x".repeat(129), "Zoë.", "a/b/c"),
                null,
                null,
                CALLBACK,
                4,
                body -> Map.of("x-parley-signature", HmacSignature.of("secret-of-the-site", body)));
    }

    @Nested
    class Itself extends ConnectorContract {
        @Override
        protected ConnectorSample sample() {
            return webSample();
        }
    }

    @Nested
    class Callbacks extends CallbackContract {
        @Override
        protected ConnectorSample sample() {
            return webSample();
        }
    }

    @Test
    void shouldAcceptAtOnceUnderTheSameIdEachTimeWithoutAnyCall() {
        FakeOutbound outbound = new FakeOutbound(new Exchange.Unknown("never asked for"));
        SendResult first = connector.send(request("org/msg/1"), outbound);

        assertThat(first).isInstanceOfSatisfying(SendResult.Accepted.class, accepted -> {
            assertThat(accepted.providerMessageId()).startsWith("web-").hasSize(40);
            assertThat(accepted.addresses()).containsExactly(new Address(Address.USER, "visitor-7"));
            assertThat(accepted.held()).isFalse();
        });
        assertThat(connector.send(request("org/msg/1"), outbound)).isEqualTo(first);
        assertThat(connector.send(request("org/msg/2"), outbound)).isNotEqualTo(first);
        assertThat(outbound.calls()).isEmpty();
    }

    @Test
    void shouldUnderstandWhatASitePosts() {
        List<ProviderUpdate> updates =
                connector.callbacks().split(CALLBACK.getBytes(java.nio.charset.StandardCharsets.UTF_8)).stream()
                        .map(update -> connector.callbacks().parse(update.json()))
                        .toList();
        Instant at = Instant.ofEpochSecond(1_790_000_000);
        List<Address> visitor = List.of(new Address(Address.USER, "visitor-7"));

        assertThat(updates.subList(0, 3))
                .containsExactly(
                        new ProviderUpdate.Inbound("m-1", at, visitor, new InboundContent.Text("Hello"), "web-1"),
                        new ProviderUpdate.Inbound("m-2", at, visitor, new InboundContent.Text("again"), null),
                        new ProviderUpdate.Status(null, "web-1", Reported.READ, at, List.of(), null));
        assertThat(updates.get(3)).isInstanceOfSatisfying(ProviderUpdate.Status.class, status -> {
            assertThat(status.reference()).isEqualTo("r-1");
            assertThat(status.error())
                    .satisfies(error -> assertThat(error.providerText()).isEqualTo("gone"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":{\"from\":\"v\",\"text\":\"x\",\"timestamp\":1790000000}}|an id or a time",
                "{\"message\":{\"id\":\"m\",\"from\":\"v\",\"text\":\"x\",\"timestamp\":\"today\"}}|an id or a time",
                "{\"message\":{\"id\":\"m\",\"from\":\"a b\",\"text\":\"x\",\"timestamp\":1790000000}}|from nobody",
                "{\"message\":{\"id\":\"m\",\"from\":\"v\",\"text\":\"\",\"timestamp\":1790000000}}|without a text",
                "{\"status\":{\"id\":\"m\",\"status\":\"lost\",\"timestamp\":1790000000}}|not understood",
                "{\"status\":{\"status\":\"read\",\"timestamp\":1790000000}}|an id or a time"
            })
    void shouldSayWhatItCanNotUnderstand(String update, String reason) {
        assertThat(connector.callbacks().parse(update))
                .isInstanceOfSatisfying(
                        ProviderUpdate.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(reason));
    }

    private static SendRequest request(String reference) {
        return new SendRequest(
                reference,
                new Address(Address.USER, "visitor-7"),
                new Content.Text("Hello"),
                new AccountSettings(Map.of("secret", "secret-of-the-site")),
                Duration.ofSeconds(20));
    }
}
