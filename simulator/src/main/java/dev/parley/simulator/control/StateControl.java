package dev.parley.simulator.control;

import dev.parley.simulator.callbacks.CallbackCounters;
import dev.parley.simulator.faults.Faults;
import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.ledger.Ledger;
import dev.parley.simulator.whatsapp.MediaShelf;
import dev.parley.simulator.whatsapp.Numbers;
import dev.parley.simulator.whatsapp.Pauses;
import dev.parley.simulator.whatsapp.SendCounters;

/** {@code /_control/stats} and {@code /_control/reset}. */
public final class StateControl {

    private final Ledger ledger;
    private final Faults faults;
    private final Numbers numbers;
    private final Pauses pauses;
    private final SendCounters sends;
    private final CallbackCounters callbacks;
    private final MediaShelf media;

    /** Takes everything that has a state. */
    public StateControl(
            Ledger ledger,
            Faults faults,
            Numbers numbers,
            Pauses pauses,
            SendCounters sends,
            CallbackCounters callbacks,
            MediaShelf media) {
        this.ledger = ledger;
        this.faults = faults;
        this.numbers = numbers;
        this.pauses = pauses;
        this.sends = sends;
        this.callbacks = callbacks;
        this.media = media;
    }

    /** Forgets ledger, rules, windows, rates, counts, media and pending callbacks; registered numbers stay. */
    Reply reset(Call call) {
        Members.of(call.body());
        faults.clear();
        pauses.release();
        numbers.reset();
        ledger.clear();
        sends.reset();
        callbacks.reset();
        media.clear();
        return Reply.json(200, Json.object().put("success", true));
    }

    /** The counts since the start or the last reset. */
    Reply stats(Call call) {
        QueryReader.known(call.query());
        long queued = numbers.all().stream()
                .mapToLong(number -> number.lane().pending())
                .sum();
        return Reply.json(
                200,
                Json.object()
                        .put("requests", sends.requests())
                        .put("accepted", sends.accepted())
                        .put("refused", sends.refused())
                        .put("callbackPosts", callbacks.posts())
                        .put("callbackPostsFailed", callbacks.failedPosts())
                        .put("callbackUpdates", callbacks.updates())
                        .put("callbackUpdatesGivenUp", callbacks.givenUp())
                        .put("callbackUpdatesQueued", queued));
    }
}
