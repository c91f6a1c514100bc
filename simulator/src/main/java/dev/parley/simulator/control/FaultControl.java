package dev.parley.simulator.control;

import dev.parley.simulator.faults.Faults;
import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/faults}: how the simulator misbehaves. */
public final class FaultControl {

    private final Faults faults;

    /** @param faults the rules at work */
    public FaultControl(Faults faults) {
        this.faults = faults;
    }

    /** Adds rules; none of them if one is wrong. */
    Reply add(Call call) {
        faults.add(FaultReader.read(call.body()));
        return rules();
    }

    /** The rules with their hits. */
    Reply list(Call call) {
        QueryReader.known(call.query());
        return rules();
    }

    /** Removes all rules. */
    Reply clear(Call call) {
        QueryReader.known(call.query());
        faults.clear();
        return rules();
    }

    private Reply rules() {
        ObjectNode body = Json.object();
        var rules = body.putArray("rules");
        faults.list().forEach(rules::add);
        return Reply.json(200, body);
    }
}
