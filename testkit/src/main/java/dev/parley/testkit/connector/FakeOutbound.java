package dev.parley.testkit.connector;

import dev.parley.connector.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An {@link Outbound} that answers each call with the same exchange and remembers the calls. Safe for many threads. */
public final class FakeOutbound implements Outbound {

    private final Exchange exchange;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** @param exchange what comes of each call */
    public FakeOutbound(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Answers each call with a JSON body. */
    public static FakeOutbound answering(int status, String body) {
        return new FakeOutbound(answer(status, body));
    }

    /** An answer with a JSON body. */
    public static Exchange.Answer answer(int status, String body) {
        return new Exchange.Answer(
                status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Exchange call(Call call) {
        calls.add(call);
        return exchange;
    }

    /** What was called, in order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The text of the only call's body. */
    public String onlyBody() {
        if (calls.size() != 1) {
            throw new AssertionError("one call expected, not " + calls.size());
        }
        return new String(calls.getFirst().body(), StandardCharsets.UTF_8);
    }
}
