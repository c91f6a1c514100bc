package dev.parley.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every connector that reaches a network must hold about sending. */
public abstract class SendContract {

    private static final String REFERENCE = "ref-7f3c.0192-attempt.1";
    private static final Duration DEADLINE = Duration.ofMillis(12_345);

    /** The connector under test and what belongs to it. */
    protected abstract ConnectorSample sample();

    @Test
    void shouldSayYesWhenTheProviderDoes() {
        FakeOutbound outbound = new FakeOutbound(accepted());

        assertThat(send(outbound))
                .isInstanceOfSatisfying(
                        SendResult.Accepted.class,
                        accepted -> assertThat(accepted.providerMessageId())
                                .isNotBlank()
                                .hasSizeLessThanOrEqualTo(512));
        assertThat(outbound.calls()).hasSize(1);
    }

    @Test
    void shouldPassDeadlineAndReferenceOn() {
        FakeOutbound outbound = new FakeOutbound(new Exchange.NotSent("x"));
        send(outbound);

        Call call = outbound.calls().getFirst();
        assertThat(call.deadline()).isEqualTo(DEADLINE);
        assertThat(call.answerLimit()).isBetween(1_024, 16 * 1024 * 1024);
        assertThat(call.uri() + " " + call.headers() + " " + new String(call.body(), StandardCharsets.UTF_8))
                .contains(REFERENCE);
        assertThat(call.toString()).doesNotContain(Secrets.of(sample()));
    }

    @Test
    void shouldTellWhatWasNotSentFromWhatNobodyKnows() {
        assertThat(send(new FakeOutbound(new Exchange.NotSent("refused"))))
                .isEqualTo(new SendResult.NotSent("refused"));
        assertThat(send(new FakeOutbound(new Exchange.Unknown("cut")))).isEqualTo(new SendResult.Unknown("cut", null));
    }

    @Test
    void shouldCallRefusedWhatTheProviderRefusesWhateverTheHttpStatus() {
        Exchange.Answer no = refused();
        for (int status : List.of(no.status(), 400, 401, 403, 404, 429, 500, 502, 503)) {
            SendResult result = send(new FakeOutbound(new Exchange.Answer(status, no.headers(), no.body())));
            assertThat(result).isInstanceOfSatisfying(SendResult.Refused.class, refused -> {
                assertThat(refused.error().code()).matches("[a-z][a-z_]+");
                assertThat(refused.error().title()).isNotBlank();
                assertThat(refused.error().detail()).endsWith(".");
                assertThat(refused.error().maxAttempts()).isNotNegative();
            });
        }
    }

    @Test
    void shouldCallUnknownEveryAnswerThatIsNeither() {
        for (int status : List.of(200, 201, 204, 302, 400, 404, 413, 429, 500, 502, 503, 504)) {
            for (byte[] body : Garbage.bodies()) {
                SendResult result = send(new FakeOutbound(new Exchange.Answer(status, Map.of(), body)));
                assertThat(result)
                        .isInstanceOfSatisfying(
                                SendResult.Unknown.class,
                                unknown -> assertThat(unknown.httpStatus()).isEqualTo(status));
            }
        }
    }

    @Test
    void shouldNeverThrowWhateverTheAnswer() {
        Stream.of(accepted(), refused())
                .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                .flatMap(text -> Garbage.mutants(text, 1_000).stream())
                .forEach(body -> {
                    SendResult result =
                            send(new FakeOutbound(new Exchange.Answer(200, Map.of("retry-after", "soon"), body)));
                    assertThat(result).isNotInstanceOf(SendResult.NotSent.class);
                    assertThat(result.toString()).doesNotContain(Secrets.of(sample()));
                });
    }

    @Test
    void shouldRefuseToSendWithHalfAnAccountOrToAnAddressOfAnotherKind() {
        FakeOutbound outbound = new FakeOutbound(new Exchange.NotSent("x"));
        AccountSettings none = new AccountSettings(Map.of());
        Address foreign = new Address("pigeon", "loft-7");

        assertThat(send(outbound, none, to())).isInstanceOf(SendResult.Refused.class);
        assertThat(send(outbound, sample().account(), foreign)).isInstanceOf(SendResult.Refused.class);
        assertThat(outbound.calls()).isEmpty();
    }

    @Test
    void shouldMakeTheSameCallOfTheSameRequest() {
        FakeOutbound outbound = new FakeOutbound(accepted());

        assertThat(send(outbound)).isEqualTo(send(outbound));
        assertThat(outbound.calls())
                .extracting(call -> call.uri() + new String(call.body(), StandardCharsets.UTF_8) + call.headers())
                .hasSize(2)
                .satisfies(calls -> assertThat(calls.getFirst()).isEqualTo(calls.getLast()));
    }

    private Exchange.Answer accepted() {
        return Objects.requireNonNull(sample().accepted(), "a connector without a network needs no SendContract");
    }

    private Exchange.Answer refused() {
        return Objects.requireNonNull(sample().refused(), "a connector without a network needs no SendContract");
    }

    private SendResult send(FakeOutbound outbound) {
        return send(outbound, sample().account(), to());
    }

    private SendResult send(FakeOutbound outbound, AccountSettings account, Address to) {
        return sample().connector()
                .send(new SendRequest(REFERENCE, to, sample().content(), account, DEADLINE), outbound);
    }

    private Address to() {
        return sample().connector().addressOf(sample().identifier());
    }
}
