package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Endpoint;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.ledger.Ledger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Graph's paths: {@code /v26.0/<phone-number-id>}, {@code …/messages}, {@code …/message_history} and {@code …/media} below it,
 * {@code /v26.0/<media-id>}, {@code /v26.0/<waba-id>/message_templates} and {@code /v26.0/<template-id>}, and the addresses from
 * which media are downloaded; any version or none. Everything else is an unknown object. Thread-safe.
 */
public final class WhatsAppApi implements Endpoint {

    private static final Pattern PATH = Pattern.compile("(?:/v\\d+\\.\\d+)?/([^/]+)(?:/([^/]+))?/?");
    private static final int TOKEN_ERROR = 190;

    private final Numbers numbers;
    private final SendParser parser;
    private final SendService service;
    private final SendCounters counters;
    private final TemplateApi templates;
    private final TemplateCheck check;
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
            Ledger ledger,
            TemplateApi templateApi,
            Templates templates) {
        this.numbers = numbers;
        this.templates = templateApi;
        this.check = new TemplateCheck(templates);
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
        Matcher path = PATH.matcher(call.path());
        if (path.matches() && "message_templates".equals(path.group(2))) {
            return templates(call, path.group(1));
        }
        Reply object = path.matches() && path.group(2) == null && call.method().equals("GET")
                ? object(call, path.group(1))
                : null;
        if (object != null) {
            return object;
        }
        Reply file = media.handle(call);
        if (file != null) {
            return file;
        }
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

    /** A template or a number; null when there is none of that id. */
    private @Nullable Reply object(Call call, String id) {
        Template template = templates.find(id);
        if (template == null) {
            return number(call, id);
        }
        GraphError error = denied(call, template.wabaId());
        return error == null ? Reply.json(200, template.json()) : refuse(error);
    }

    /** The number itself; null when there is none of that id. */
    private @Nullable Reply number(Call call, String id) {
        BusinessNumber number = numbers.find(id);
        if (number == null) {
            return null;
        }
        if (call.bearer() == null || !mayUse(number, call.bearer())) {
            return refuse(GraphError.of(TOKEN_ERROR));
        }
        return Reply.json(
                200,
                Json.object()
                        .put("display_phone_number", number.settings().displayPhoneNumber())
                        .put("id", id));
    }

    private Reply send(BusinessNumber number, Call call) throws InterruptedException {
        return switch (parser.parse(call.body())) {
            case SendRequest.Refused refused -> refuse(refused.error());
            case SendRequest.MarkRead read -> service.markRead(number, read);
            case SendRequest.Send send -> checked(number, send);
        };
    }

    private Reply checked(BusinessNumber number, SendRequest.Send send) throws InterruptedException {
        return switch (check.check(number, send)) {
            case SendRequest.Refused refused -> refuse(refused.error());
            case SendRequest.MarkRead read -> throw new IllegalStateException("a send stays one");
            case SendRequest.Send filled -> service.send(number, filled);
        };
    }

    private Reply templates(Call call, String wabaId) {
        GraphError error = denied(call, wabaId);
        return error == null ? templates.handle(call, wabaId, ids.trace()) : refuse(error);
    }

    /** An account is reached with a token of one of its numbers; there is one when a number has it. */
    private @Nullable GraphError denied(Call call, String wabaId) {
        if (call.bearer() == null) {
            return GraphError.of(TOKEN_ERROR, null, "An access token is required to request this resource.");
        }
        List<BusinessNumber> own = numbers.all().stream()
                .filter(number -> number.settings().wabaId().equals(wabaId))
                .toList();
        if (own.isEmpty()) {
            return GraphError.unknownObject(call.method(), wabaId);
        }
        return own.stream().anyMatch(number -> mayUse(number, call.bearer())) ? null : GraphError.of(TOKEN_ERROR);
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
