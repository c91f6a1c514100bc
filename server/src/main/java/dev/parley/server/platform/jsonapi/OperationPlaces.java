package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places that the operations of one request hold among all that wait to be made, until this is closed: what a request holds
 * back is seen by those that come alone, and the other way round.
 */
final class OperationPlaces implements AutoCloseable {

    private final List<Runnable> held = new ArrayList<>();
    private OperationRun.@Nullable Outcome refusal;

    private OperationPlaces() {}

    /** Takes all that these need, or none. */
    static OperationPlaces take(Caller caller, List<Operation> operations) {
        Map<Grouped, List<Operation>> wanted = new LinkedHashMap<>();
        for (Operation operation : operations) {
            Grouped grouped = operation.grouped();
            if (grouped != null) {
                wanted.computeIfAbsent(grouped, any -> new ArrayList<>()).add(operation);
            }
        }
        OperationPlaces places = new OperationPlaces();
        wanted.forEach((grouped, several) -> places.take(caller, grouped, several));
        return places;
    }

    private void take(Caller caller, Grouped grouped, List<Operation> several) {
        if (refusal != null) {
            return;
        }
        switch (grouped.room(caller, several.size())) {
            case Grouped.Room.Taken(Runnable giveBack) -> held.add(giveBack);
            case Grouped.Room.None(WriteResult answer) ->
                refusal = OperationRun.Outcome.refused(several.getFirst(), answer);
        }
    }

    /** Why nothing can be done now; null when all places are held. */
    OperationRun.@Nullable Outcome refusal() {
        return refusal;
    }

    @Override
    public void close() {
        held.forEach(Runnable::run);
    }
}
