package dev.parley.testkit.ledger;

import java.util.List;
import java.util.Map;

/** As what a text of a customer's program is sent. */
sealed interface Cargo {

    /** As it is. */
    record Text() implements Cargo {}

    /** Below a file. */
    record File(Attachment attachment) implements Cargo {}

    /** As the one variable of a template. */
    record Template(String id) implements Cargo {}

    /** The payload of a request. */
    default Map<String, ?> payload(String text) {
        return switch (this) {
            case Text() -> Map.of("type", "text", "text", Map.of("value", text));
            case File(Attachment file) ->
                Map.of("type", file.kind(), file.kind(), Map.of("data", file.base64(), "caption", text));
            case Template(String id) -> Map.of("type", "template", "template", template(id, text));
        };
    }

    /** Whether an entry of the simulator's ledger is of this, with the very file. */
    default boolean isIn(String type, String sha256) {
        return switch (this) {
            case Text() -> type.equals("text");
            case File(Attachment file) -> type.equals(file.kind()) && sha256.equals(file.sha256());
            case Template(String _) -> type.equals("template");
        };
    }

    private static Map<String, ?> template(String id, String text) {
        Map<String, ?> parameter = Map.of("type", "text", "text", text);
        return Map.of("id", id, "components", List.of(Map.of("type", "body", "parameters", List.of(parameter))));
    }
}
