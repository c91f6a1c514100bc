package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.HttpAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /operations}: the atomic operations extension (jsonapi.org/ext/atomic). All of a request is one transaction. It is
 * checked whole before anything is done; the first operation that fails undoes those before it. Thread-safe.
 */
final class AtomicOperations {

    private final Map<String, Operand> operands;
    private final Database database;
    private final Answers answers;
    private final JsonMapper mapper;
    private final String basePath;
    private final int most;

    /** @param operands those that can take part, by type; looked at with each request */
    AtomicOperations(
            Map<String, Operand> operands,
            Database database,
            Answers answers,
            JsonMapper mapper,
            String basePath,
            int most) {
        this.operands = operands;
        this.database = database;
        this.answers = answers;
        this.mapper = mapper;
        this.basePath = basePath;
        this.most = most;
    }

    HttpAnswer answer(RequestContext context) throws Exception {
        if (!context.call().query().isEmpty()) {
            String name = context.call().query().getFirst().name();
            return answers.refused(
                    context,
                    Problem.parameter(
                            ProblemCode.UNKNOWN_QUERY_PARAMETER,
                            name,
                            "This path has no query parameters. Leave it out."));
        }
        return switch (BodyParser.parse(mapper, context.call().body())) {
            case BodyParser.Parsed.Bad(Problem problem) -> answers.refused(context, problem);
            case BodyParser.Parsed.Document(JsonNode document) -> answer(context, document);
        };
    }

    private HttpAnswer answer(RequestContext context, JsonNode document) throws Exception {
        JsonNode operations = document.path(OperationReader.OPERATIONS);
        if (!operations.isArray() || operations.isEmpty() || operations.size() > most) {
            boolean array = operations.isArray();
            String pointer = array ? "/" + OperationReader.OPERATIONS : "";
            return answers.refused(
                    context,
                    Problem.at(
                            array ? ProblemCode.INVALID_VALUE : ProblemCode.MISSING_MEMBER,
                            pointer,
                            "Give " + OperationReader.OPERATIONS + ", an array of 1 to " + most + " operations."));
        }
        OperationReader reader = new OperationReader(operands, basePath);
        List<Operation> read = reader.read(operations);
        List<Problem> forbidden = read.stream()
                .filter(operation -> !operation.permitted(context.caller()))
                .map(Operation::scopeMissing)
                .toList();
        if (!forbidden.isEmpty()) {
            return answers.refused(context, forbidden);
        }
        List<Problem> problems = new ArrayList<>(reader.problems());
        read.forEach(operation -> problems.addAll(check(operation, reader.locals())));
        if (!problems.isEmpty()) {
            return answers.refused(context, problems);
        }
        context.working();
        Map<Integer, Object> prepared = new HashMap<>();
        OperationRun.Outcome outcome = prepare(context, read, reader.locals(), prepared);
        if (outcome == null) {
            outcome = run(context, read, prepared);
        }
        return outcome.problems().isEmpty()
                ? answers.document(context, document(context, outcome.done()))
                : refused(context, outcome);
    }

    /** Does what comes before the transaction; why it can't be begun, or null. */
    private static OperationRun.@Nullable Outcome prepare(
            RequestContext context, List<Operation> operations, LocalIds locals, Map<Integer, Object> prepared) {
        for (Operation operation : operations) {
            Grouped grouped = operation.grouped();
            if (grouped == null) {
                continue;
            }
            Write write = reading(operation, locals).write();
            switch (grouped.prepare(context.caller(), write)) {
                case Grouped.Preparing.Ready(Object ready) -> prepared.put(operation.index(), ready);
                case Grouped.Preparing.Not(WriteResult answer) -> {
                    return OperationRun.Outcome.refused(operation, answer);
                }
            }
        }
        return null;
    }

    private OperationRun.Outcome run(RequestContext context, List<Operation> operations, Map<Integer, Object> prepared)
            throws Exception {
        try (OperationPlaces places = OperationPlaces.take(context.caller(), operations)) {
            OperationRun.Outcome refusal = places.refusal();
            return refusal != null
                    ? refusal
                    : database.surround(false, around -> new OperationRun(context, prepared).run(operations, around));
        }
    }

    private HttpAnswer refused(RequestContext context, OperationRun.Outcome outcome) {
        HttpAnswer refused = answers.refused(context, outcome.problems());
        Duration retryAfter = outcome.retryAfter();
        return retryAfter == null ? refused : Answers.retryAfter(refused, retryAfter);
    }

    private static List<Problem> check(Operation operation, LocalIds locals) {
        Operand operand = operation.operand();
        boolean creating = operation.method() == ResourceType.Method.CREATE;
        List<Problem> problems = new ArrayList<>();
        Write write = null;
        if (operation.method() != ResourceType.Method.DELETE) {
            WriteReader.Reading reading = reading(operation, locals);
            write = reading.write();
            problems.addAll(reading.problems());
            problems.addAll(operand.handler().validate(write, creating));
        }
        if (operand.handler().apart(operation.method(), write)) {
            problems.add(Problem.of(
                    ProblemCode.INVALID_VALUE,
                    "This cannot be undone, or waits for somebody else, so it cannot be one of several operations. Send it"
                            + " alone to " + operand.type().path() + "."));
        }
        return operation.placed(problems);
    }

    static WriteReader.Reading reading(Operation operation, LocalIds locals) {
        ResourceType type = operation.operand().type();
        JsonNode document = operation.document(locals);
        return operation.method() == ResourceType.Method.CREATE
                ? WriteReader.create(type, document)
                : WriteReader.update(type, document, operation.id(locals));
    }

    private byte[] document(RequestContext context, List<OperationRun.Done> done) {
        return answers.documents().bare(out -> {
            out.writeObjectPropertyStart("jsonapi");
            out.writeStringProperty("version", "1.1");
            out.writeArrayPropertyStart("ext");
            out.writeString(Negotiation.ATOMIC);
            out.writeEndArray();
            out.writeEndObject();
            out.writeArrayPropertyStart("atomic:results");
            done.forEach(one -> write(out, one, context.caller().organization()));
            out.writeEndArray();
        });
    }

    private void write(JsonGenerator out, OperationRun.Done done, UUID organization) {
        out.writeStartObject();
        if (done.resource() != null) {
            out.writeName("data");
            answers.documents().writer(done.type(), organization).write(out, done.resource(), Map.of());
        }
        answers.documents().ignored(out, done.ignored());
        out.writeEndObject();
    }
}
