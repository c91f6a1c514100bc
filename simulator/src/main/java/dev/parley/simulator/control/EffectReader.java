package dev.parley.simulator.control;

import dev.parley.simulator.faults.Effect;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.ErrorTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the {@code effects} of a rule: one member per effect, an object with its parameters or {@code true}. */
final class EffectReader {

    private static final long MAX_WAIT_MILLIS = 600_000;
    private static final long DEFAULT_HOLD_MILLIS = 30_000;

    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    private record Kind(String[] members, Function<Members, Effect> reader) {}

    private static final Map<String, Kind> KINDS = kinds();

    private EffectReader() {}

    static String[] names() {
        return KINDS.keySet().toArray(String[]::new);
    }

    static List<Effect> read(Members effects) {
        var read = new ArrayList<Effect>();
        KINDS.forEach((name, kind) -> {
            Members parameters = effects.object(name, kind.members());
            if (parameters != null) {
                read.add(kind.reader().apply(parameters));
            }
        });
        return read;
    }

    private static Map<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        put(kinds, "error", EffectReader::error, "code", "status", "details");
        put(kinds, "http", m -> new Effect.Http(status(m, 502)), "status");
        put(
                kinds,
                "acceptThenTimeout",
                m -> new Effect.AcceptThenTimeout(m.number("holdMs", DEFAULT_HOLD_MILLIS, 0, MAX_WAIT_MILLIS)),
                "holdMs");
        put(kinds, "acceptThenCut", _ -> new Effect.AcceptThenCut());
        put(kinds, "cutBefore", _ -> new Effect.CutBefore());
        put(kinds, "slow", m -> new Effect.Slow(m.number("ms", 1000, 0, MAX_WAIT_MILLIS)), "ms");
        put(kinds, "wrongHash", _ -> new Effect.WrongHash());
        put(kinds, "garbage", _ -> new Effect.Garbage());
        put(
                kinds,
                "duplicateCallbacks",
                m -> new Effect.DuplicateCallbacks((int) m.number("copies", 1, 1, 100)),
                "copies");
        put(kinds, "reorderCallbacks", _ -> new Effect.ReorderCallbacks());
        put(kinds, "loseCallbacks", EffectReader::lose, "statuses");
        put(kinds, "callbackBeforeAnswer", _ -> new Effect.CallbackBeforeAnswer());
        put(kinds, "omitReference", _ -> new Effect.OmitReference());
        put(kinds, "failLater", m -> new Effect.FailLater(code(m), m.text("details")), "code", "details");
        put(
                kinds,
                "hold",
                m -> new Effect.Hold(m.oneOf(
                        "messageStatus", "held_for_quality_assessment", "held_for_quality_assessment", "paused")),
                "messageStatus");
        put(kinds, "otherWaId", m -> new Effect.OtherWaId(digits(m)), "value");
        return kinds;
    }

    private static void put(Map<String, Kind> kinds, String name, Function<Members, Effect> reader, String... members) {
        kinds.put(name, new Kind(members, reader));
    }

    private static Effect error(Members members) {
        int code = code(members);
        Integer status = members.has("status") ? Integer.valueOf(status(members, 400)) : null;
        if (status == null && ErrorTable.find(code) == null) {
            throw new BadInputException(
                    members.at("status"), "required, because code " + code + " is not in the table of Meta's errors");
        }
        return new Effect.Refuse(code, status, members.text("details"));
    }

    private static int code(Members members) {
        if (!members.has("code")) {
            throw new BadInputException(members.at("code"), "required, one of Meta's error codes");
        }
        return (int) members.number("code", 0, 0, Integer.MAX_VALUE);
    }

    private static int status(Members members, int fallback) {
        return (int) members.number("status", fallback, 400, 599);
    }

    private static Effect lose(Members members) {
        List<String> statuses = members.texts("statuses", "sent", "delivered", "read", "failed");
        return new Effect.LoseCallbacks(statuses == null ? Set.of() : Set.copyOf(statuses));
    }

    private static @Nullable String digits(Members members) {
        String value = members.text("value");
        if (value != null && !value.matches("[0-9]{5,20}")) {
            throw new BadInputException(members.at("value"), "expected 5 to 20 digits");
        }
        return value;
    }
}
