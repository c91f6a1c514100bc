package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Endpoint;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything under {@code /_control}. A request that cannot be carried out is a 400 with
 * {@code {"error":{"member":"rules[0].effects.slow.ms","message":"expected a whole number from 0 to 600000"}}}; an
 * unknown address is a 404 that lists the known ones. Thread-safe.
 */
public final class ControlApi implements Endpoint {

    /** The path under which it lives. */
    public static final String PREFIX = "/_control";

    private final Map<String, Endpoint> endpoints = new TreeMap<>();

    /** Lists the endpoints. */
    public ControlApi(
            NumberControl numbers,
            LedgerControl ledger,
            ReplyControl reply,
            CallbackControl callback,
            FaultControl faults,
            StateControl state,
            MediaControl media,
            TemplateControl templates) {
        endpoints.put("GET /numbers", numbers::list);
        endpoints.put("POST /numbers", numbers::register);
        endpoints.put("POST /verify", callback::verify);
        endpoints.put("POST /callback", callback::post);
        endpoints.put("GET /ledger", ledger::read);
        endpoints.put("POST /reply", reply::write);
        endpoints.put("GET /faults", faults::list);
        endpoints.put("POST /faults", faults::add);
        endpoints.put("DELETE /faults", faults::clear);
        endpoints.put("GET /templates", templates::list);
        endpoints.put("POST /templates", templates::make);
        endpoints.put("DELETE /templates", templates::delete);
        endpoints.put("POST /templates/change", templates::change);
        endpoints.put("POST /templates/settings", templates::settings);
        endpoints.put("POST /reset", call -> {
            templates.reset();
            return state.reset(call);
        });
        endpoints.put("GET /stats", state::stats);
        endpoints.put("GET /media", media::list);
        endpoints.put("POST /media/expire", media::expire);
    }

    @Override
    public Reply handle(Call call) throws InterruptedException {
        String key = call.method() + " " + call.path().substring(PREFIX.length());
        Endpoint endpoint = endpoints.get(key);
        if (endpoint == null) {
            String known = String.join(", ", new TreeSet<>(endpoints.keySet()));
            return error(404, "", "no such address under " + PREFIX + "; there are " + known);
        }
        try {
            return endpoint.handle(call);
        } catch (BadInputException e) {
            return error(400, e.member(), String.valueOf(e.getMessage()));
        }
    }

    private static Reply error(int status, String member, String message) {
        var body = Json.object();
        body.putObject("error").put("member", member).put("message", message);
        return Reply.json(status, body);
    }
}
