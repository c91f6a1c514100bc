package dev.parley.simulator;

import dev.parley.simulator.callbacks.CallbackCounters;
import dev.parley.simulator.callbacks.Poster;
import dev.parley.simulator.control.CallbackControl;
import dev.parley.simulator.control.ControlApi;
import dev.parley.simulator.control.FaultControl;
import dev.parley.simulator.control.LedgerControl;
import dev.parley.simulator.control.MediaControl;
import dev.parley.simulator.control.NumberControl;
import dev.parley.simulator.control.PhonePage;
import dev.parley.simulator.control.ReplyControl;
import dev.parley.simulator.control.StateControl;
import dev.parley.simulator.control.TemplateControl;
import dev.parley.simulator.faults.Faults;
import dev.parley.simulator.http.Endpoint;
import dev.parley.simulator.http.HttpServer;
import dev.parley.simulator.ledger.Ledger;
import dev.parley.simulator.whatsapp.Inbound;
import dev.parley.simulator.whatsapp.MediaApi;
import dev.parley.simulator.whatsapp.MediaShelf;
import dev.parley.simulator.whatsapp.Numbers;
import dev.parley.simulator.whatsapp.Pauses;
import dev.parley.simulator.whatsapp.SendCounters;
import dev.parley.simulator.whatsapp.SendService;
import dev.parley.simulator.whatsapp.SharedRandom;
import dev.parley.simulator.whatsapp.TemplateApi;
import dev.parley.simulator.whatsapp.TemplateCallbacks;
import dev.parley.simulator.whatsapp.Templates;
import dev.parley.simulator.whatsapp.WhatsAppApi;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running simulator: the WhatsApp Cloud API's {@code messages} and media endpoints and callbacks, a control interface under
 * {@code /_control}, and a phone to type on at {@code /}. Several may run in one process. Everything is kept in memory.
 * Thread-safe.
 */
public final class Simulator implements AutoCloseable {

    private final HttpServer server;
    private final Numbers numbers;
    private final Poster poster;
    private final Pauses pauses;

    private Simulator(HttpServer server, Numbers numbers, Poster poster, Pauses pauses) {
        this.server = server;
        this.numbers = numbers;
        this.poster = poster;
        this.pauses = pauses;
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException if the address cannot be bound
     */
    public static Simulator start(SimulatorOptions options) {
        var random = new SharedRandom(options.seed());
        var ledger = new Ledger(options.ledgerLimit());
        var faults = new Faults(random);
        var pauses = new Pauses();
        var sends = new SendCounters();
        var callbacks = new CallbackCounters();
        Poster poster = Poster.start();
        var numbers = new Numbers(options.strictNumbers(), options.callbackDelay(), poster, callbacks);
        var base = new AtomicReference<URI>(URI.create("http://localhost"));
        var shelf = new MediaShelf(options.clock(), base::get);
        var service = new SendService(ledger, faults, pauses, sends, shelf, options.clock());
        var media = new MediaApi(numbers, shelf, faults, pauses, service);
        var templates = new Templates(options.clock());
        var told = new TemplateCallbacks(numbers, options.clock());
        var templateApi = new TemplateApi(templates, told);
        var graph =
                new WhatsAppApi(numbers, options.strictPlus(), service, sends, media, ledger, templateApi, templates);
        var control = new ControlApi(
                new NumberControl(numbers),
                new LedgerControl(ledger),
                new ReplyControl(numbers, new Inbound(service, options.clock()), shelf),
                new CallbackControl(numbers, poster, random),
                new FaultControl(faults),
                new StateControl(ledger, faults, numbers, pauses, sends, callbacks, shelf),
                new MediaControl(shelf),
                new TemplateControl(templates, templateApi, told));
        try {
            HttpServer server = HttpServer.start(options.host(), options.port(), routes(graph, control));
            base.set(server.url());
            return new Simulator(server, numbers, poster, pauses);
        } catch (RuntimeException e) {
            poster.close();
            throw e;
        }
    }

    /** The base address, without a trailing slash: put it where {@code https://graph.facebook.com} stands. */
    public URI url() {
        return server.url();
    }

    /** Stops at once; pending callbacks are not posted, and the ledger is gone. */
    @Override
    public void close() {
        pauses.release();
        numbers.close();
        server.close();
        poster.close();
    }

    private static Endpoint routes(Endpoint graph, Endpoint control) {
        var page = new PhonePage();
        return call -> {
            if (call.path().startsWith(ControlApi.PREFIX + "/")) {
                return control.handle(call);
            }
            return call.path().equals("/") && call.method().equals("GET") ? page.handle(call) : graph.handle(call);
        };
    }
}
