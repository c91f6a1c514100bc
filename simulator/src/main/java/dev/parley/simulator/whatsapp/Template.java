package dev.parley.simulator.whatsapp;

import dev.parley.simulator.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template as it stands. Immutable; a change makes another one.
 *
 * @param sequence its place in lists
 * @param id Graph's id, digits
 * @param named whether its variables have names (parameter_format NAMED)
 * @param components as given when it was made, types and formats in capitals
 * @param reason why it was rejected, {@code NONE} if it was not
 * @param approved whether it was ever approved: then its name stays blocked when it is deleted
 */
public record Template(
        long sequence,
        String id,
        String wabaId,
        String name,
        String language,
        String category,
        boolean named,
        ArrayNode components,
        String status,
        String quality,
        String reason,
        boolean approved) {

    /** The same after a review. */
    public Template reviewed(String newStatus, String newReason) {
        return new Template(
                sequence,
                id,
                wabaId,
                name,
                language,
                category,
                named,
                components,
                newStatus,
                quality,
                newReason,
                approved || newStatus.equals("APPROVED"));
    }

    /** The same with another quality. */
    public Template rated(String newQuality) {
        return new Template(
                sequence,
                id,
                wabaId,
                name,
                language,
                category,
                named,
                components,
                status,
                newQuality,
                reason,
                approved);
    }

    /** The same in another category. */
    public Template moved(String newCategory) {
        return new Template(
                sequence,
                id,
                wabaId,
                name,
                language,
                newCategory,
                named,
                components,
                status,
                quality,
                reason,
                approved);
    }

    /** The same with other components. */
    public Template edited(ArrayNode newComponents) {
        return new Template(
                sequence,
                id,
                wabaId,
                name,
                language,
                category,
                named,
                newComponents,
                status,
                quality,
                reason,
                approved);
    }

    /** The component of a type, or a missing node. */
    JsonNode component(String type) {
        for (JsonNode component : components) {
            if (component.path("type").asString("").equals(type)) {
                return component;
            }
        }
        return components.path(-1);
    }

    /** As Graph lists it. */
    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("name", name);
        node.put("parameter_format", named ? "NAMED" : "POSITIONAL");
        node.set("components", components);
        node.put("language", language);
        node.put("status", status);
        node.put("category", category);
        node.put("rejected_reason", reason);
        node.putObject("quality_score").put("score", quality);
        node.put("id", id);
        return node;
    }
}
