package dev.parley.server.platform.jsonapi;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of {@code POST /operations} and of {@code POST /messages/bulk}, read to the point where something would be done. */
@NullUnmarked
public final class OperationsFuzz implements FuzzTarget {

    private static final int MOST = 100;

    private final JsonMapper mapper = BodyParser.mapper(32);
    private final Map<String, Operand> operands = new LinkedHashMap<>();

    /** With every declared type. */
    public OperationsFuzz() {
        DeclaredTypes.all().forEach(type -> operands.put(type.type(), new Operand(type, new Toys())));
    }

    @Override
    public void take(byte[] body) {
        if (!(BodyParser.parse(mapper, body) instanceof BodyParser.Parsed.Document(JsonNode document))) {
            return;
        }
        Operand message = operands.get("messages");
        switch (Many.read(message.type(), new Toys(), document, MOST)) {
            case Many.Read.Bad(Problem problem) -> Problematic.tell(List.of(problem), body.length);
            case Many.Read.Items(List<Many.Item> items) ->
                items.forEach(item -> Problematic.tell(item.problems(), body.length));
        }
        JsonNode given = document.path(OperationReader.OPERATIONS);
        if (!given.isArray() || given.size() > MOST) {
            return;
        }
        OperationReader reader = new OperationReader(operands, "/public/v2");
        List<Operation> operations = reader.read(given);
        Problematic.tell(reader.problems(), body.length);
        for (Operation operation : operations) {
            if (operation.method() != ResourceType.Method.DELETE) {
                Problematic.tell(
                        operation.placed(AtomicOperations.reading(operation, reader.locals())
                                .problems()),
                        body.length);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "{\"atomic:operations\":[{\"op\":\"add\",\"data\":{\"type\":\"candidates\",\"lid\":\"a\",\"attributes\":{"
                        + "\"phone\":\"1\"}}},{\"op\":\"add\",\"href\":\"/message-threads\",\"data\":{\"type\":"
                        + "\"messageThreads\",\"attributes\":{\"channel\":\"web\",\"identifier\":\"x\"},\"relationships\":{"
                        + "\"candidate\":{\"data\":{\"type\":\"candidates\",\"lid\":\"a\"}}}}}]}",
                "{\"atomic:operations\":[{\"op\":\"update\",\"ref\":{\"type\":\"users\",\"id\":"
                        + "\"0199a000-0000-7000-8000-000000000001\",\"relationship\":\"candidates\"},\"data\":[{\"type\":"
                        + "\"candidates\",\"id\":\"0199a000-0000-7000-8000-000000000001\"}]},{\"op\":\"remove\",\"href\":"
                        + "\"/public/v2/candidates/0199a000-0000-7000-8000-000000000001\"},{\"op\":\"update\",\"href\":"
                        + "\"/users/0199a000-0000-7000-8000-000000000001/relationships/candidates\",\"data\":[]}]}",
                "{\"data\":[{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"A\",\"messageThreadId\":"
                        + "\"0199a000-0000-7000-8000-000000000001\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":"
                        + "\"x\"}}}},7]}",
                "{\"atomic:operations\":[{\"op\":\"remove\",\"ref\":{\"type\":\"users\",\"lid\":\"b\"}},[],{\"op\":1}]}");
    }
}
