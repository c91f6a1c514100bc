package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.db.Surrounding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Does the operations of one request, one after the other, inside of one transaction. Used once. */
final class OperationRun {

    private final RequestContext context;
    private final Map<Integer, Object> prepared;
    private final LocalIds locals = new LocalIds();
    private final Map<Integer, Done> done = new LinkedHashMap<>();
    private final Map<Grouped, List<Last>> last = new LinkedHashMap<>();

    /** @param prepared what was done before, by the place of the operation */
    OperationRun(RequestContext context, Map<Integer, Object> prepared) {
        this.context = context.undemanding();
        this.prepared = prepared;
    }

    /** What one operation led to: a resource, or nothing when it was removed, and for a relationship to many. */
    record Done(ResourceType type, @Nullable Resource resource, Set<String> ignored) {}

    /** What all of them led to: as many results as operations, or why there are none. */
    record Outcome(
            List<Done> done,
            List<Problem> problems,
            @Nullable Duration retryAfter) {

        /** There are none because of this one. */
        static Outcome refused(Operation operation, WriteResult answer) {
            Duration retryAfter = answer instanceof WriteResult.Busy busy ? busy.retryAfter() : null;
            return new Outcome(List.of(), operation.placed(OperationRun.problems(operation, answer)), retryAfter);
        }
    }

    private record Last(Operation operation, Write write) {}

    Outcome run(List<Operation> operations, Surrounding around) throws Exception {
        for (Operation operation : operations) {
            Outcome refusal = one(operation, around);
            if (refusal != null) {
                return refusal;
            }
        }
        for (Map.Entry<Grouped, List<Last>> group : last.entrySet()) {
            Outcome refusal = together(group.getKey(), group.getValue(), around);
            if (refusal != null) {
                return refusal;
            }
        }
        List<Done> inOrder = operations.stream()
                .map(operation -> Objects.requireNonNull(done.get(operation.index())))
                .toList();
        return new Outcome(inOrder, List.of(), null);
    }

    private @Nullable Outcome one(Operation operation, Surrounding around) throws Exception {
        if (operation.method() == ResourceType.Method.DELETE) {
            UUID id = operation.id(locals);
            ResourceHandler handler = operation.operand().handler();
            WriteResult result = id == null ? new WriteResult.Missing() : handler.delete(context.caller(), id, context);
            return ended(operation, result, Set.of(), around);
        }
        WriteReader.Reading reading = AtomicOperations.reading(operation, locals);
        if (!reading.problems().isEmpty()) {
            return ended(operation, new WriteResult.Refused(reading.problems()), Set.of(), around);
        }
        Write write = reading.write();
        ResourceHandler handler = operation.operand().handler();
        Grouped grouped = operation.grouped();
        if (grouped != null) {
            last.computeIfAbsent(grouped, any -> new ArrayList<>()).add(new Last(operation, write));
            return null;
        }
        UUID id = operation.id(locals);
        WriteResult result;
        if (operation.method() == ResourceType.Method.CREATE) {
            result = handler.create(context.caller(), write, context);
        } else {
            result = id == null ? new WriteResult.Missing() : changed(operation, id, write);
        }
        return ended(operation, result, write.ignored(), around);
    }

    private WriteResult changed(Operation operation, UUID id, Write write) throws Exception {
        ResourceHandler handler = operation.operand().handler();
        return operation.relation() instanceof Relation.ToMany many
                ? handler.relate(context.caller(), id, LinkageReader.change(operation.code(), many, write), context)
                : handler.update(context.caller(), id, write, context);
    }

    private @Nullable Outcome together(Grouped grouped, List<Last> group, Surrounding around) throws SQLException {
        List<Grouped.Wanted> wanted = group.stream()
                .map(one -> new Grouped.Wanted(
                        one.write(),
                        Objects.requireNonNull(prepared.get(one.operation().index()))))
                .toList();
        List<WriteResult> results = grouped.createAll(around.connection(), context.caller(), wanted);
        for (int i = 0; i < group.size(); i++) {
            Last one = group.get(i);
            Outcome refusal = ended(one.operation(), results.get(i), one.write().ignored(), around);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** Notes what came of an operation; when it failed, undoes all and says why. */
    private @Nullable Outcome ended(Operation operation, WriteResult result, Set<String> ignored, Surrounding around) {
        if (!problems(operation, result).isEmpty()) {
            around.undo();
            return Outcome.refused(operation, result);
        }
        Resource shown = result.shown();
        ResourceType type = operation.operand().type();
        if (operation.lid() != null && shown != null) {
            locals.put(type.type(), operation.lid(), shown.id());
        }
        boolean linkage = operation.relation() instanceof Relation.ToMany;
        done.put(operation.index(), new Done(type, linkage ? null : shown, ignored));
        return null;
    }

    static List<Problem> problems(Operation operation, WriteResult result) {
        return switch (result) {
            case WriteResult.Created created -> List.of();
            case WriteResult.Existing existing -> List.of();
            case WriteResult.Updated updated -> List.of();
            case WriteResult.Deleted deleted -> List.of();
            case WriteResult.Missing missing ->
                List.of(Problem.notFound(operation.operand().type().type()));
            case WriteResult.Stale stale -> List.of(Answers.STALE);
            case WriteResult.Refused(List<Problem> problems) -> problems;
            case WriteResult.Busy busy -> List.of(busy.problem());
            case WriteResult.Replayed(WriteResult first) -> problems(operation, first);
            case WriteResult.Kept kept -> throw new IllegalStateException("an operation has no key of its own");
        };
    }
}
