package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Endpoint;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.ledger.Ledger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Graph's paths: {@code /v26.0/<phone-number-id>/messages}, {@code …/message_history} and {@code …/media}, {@code /v26.0/<media-id>}, and the addresses
 * from which media are downloaded; any version or none. Everything else is an unknown object.
 * Thread-safe.
 */
public final class WhatsAppApi implements Endpoint {

    private static final Pattern PATH = Pattern.compile("(?:/v\\d+\\.\\d+)?/([^/]+)(?:/([^/]+))?/?");
    private static final int TOKEN_ERROR = 190;

    private final Numbers numbers;
    private final SendParser parser;
    private final SendService service;
    private final SendCounters counters;
    private final Wamids ids;
    private final MediaApi media;
    private final MessageHistory history;

    /**
     * @param strictPlus whether a recipient's phone number without a plus is an error
     * @param service carries out what is valid
     * @param media answers for files
     * @param ledger what was accepted
     */
    public WhatsAppApi(
            Numbers numbers,
            boolean strictPlus,
            SendService service,
            SendCounters counters,
            MediaApi media,
            Ledger ledger) {
        this.numbers = numbers;
        this.parser = new SendParser(strictPlus);
        this.service = service;
        this.counters = counters;
        this.ids = service.ids();
        this.media = media;
        this.history = new MessageHistory(ledger, ids);
    }

    @Override
    public Reply handle(Call call) throws InterruptedException {
        counters.request();
        Reply file = media.handle(call);
        if (file != null) {
            return file;
        }
        Matcher path = PATH.matcher(call.path());
        String edge = path.matches() ? call.method() + " " + path.group(2) : "";
        if (!edge.equals("POST messages") && !edge.equals("GET message_history")) {
            return refuse(GraphError.unknownObject(call.method(), path.matches() ? path.group(1) : "unknown"));
        }
        if (call.bearer() == null) {
            return refuse(GraphError.of(TOKEN_ERROR, null, "An access token is required to request this resource."));
        }
        BusinessNumber number = numbers.forSending(path.group(1));
        if (number == null) {
            return refuse(GraphError.unknownObject(call.method(), path.group(1)));
        }
        if (!mayUse(number, call.bearer())) {
            return refuse(GraphError.of(TOKEN_ERROR));
        }
        return edge.startsWith("GET") ? history.read(number, call) : send(number, call);
    }

    private Reply send(BusinessNumber number, Call call) throws InterruptedException {
        return switch (parser.parse(call.body())) {
            case SendRequest.Refused refused -> refuse(refused.error());
            case SendRequest.MarkRead read -> service.markRead(number, read);
            case SendRequest.Send send -> service.send(number, send);
        };
    }

    private Reply refuse(GraphError error) {
        counters.refuse();
        return error.reply(ids.trace());
    }

    static boolean mayUse(BusinessNumber number, @Nullable String token) {
        String expected = number.settings().accessToken();
        return expected == null || expected.equals(token);
    }
}
