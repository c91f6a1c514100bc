package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads documents of which JSON:API says: each resource once, and every included one is led to. */
final class CompoundDocuments {

    private CompoundDocuments() {}

    /** The document of a 200, with the rules of compound documents checked. */
    static JsonNode checked(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode document = Json.MAPPER.readTree(answer.body());
        List<JsonNode> all = new ArrayList<>();
        JsonNode data = document.get("data");
        if (data.isArray()) {
            data.forEach(all::add);
        } else {
            all.add(data);
        }
        Set<String> linked = new HashSet<>();
        document.get("included").forEach(all::add);
        assertThat(all.stream().map(CompoundDocuments::identity)).doesNotHaveDuplicates();
        all.forEach(resource -> linked.addAll(linkage(resource)));
        document.get("included")
                .forEach(included -> assertThat(linked).as("full linkage").contains(identity(included)));
        return document;
    }

    /** The included ids of one type, in their order. */
    static List<String> included(JsonNode document, String type) {
        return StreamSupport.stream(document.get("included").spliterator(), false)
                .filter(resource -> resource.get("type").stringValue().equals(type))
                .map(resource -> resource.get("id").stringValue())
                .toList();
    }

    /** The included resource. */
    static JsonNode included(JsonNode document, String type, String id) {
        for (JsonNode resource : document.get("included")) {
            if (identity(resource).equals(type + " " + id)) {
                return resource;
            }
        }
        throw new AssertionError(type + " " + id + " is not included");
    }

    /** The ids of an array of resources or identifiers. */
    static List<String> ids(JsonNode resources) {
        return StreamSupport.stream(resources.spliterator(), false)
                .map(resource -> resource.get("id").stringValue())
                .toList();
    }

    private static String identity(JsonNode resource) {
        return resource.get("type").stringValue() + " " + resource.get("id").stringValue();
    }

    private static Set<String> linkage(JsonNode resource) {
        Set<String> linked = new HashSet<>();
        for (Map.Entry<String, JsonNode> relation :
                resource.path("relationships").properties()) {
            JsonNode data = relation.getValue().path("data");
            if (data.isArray()) {
                data.forEach(one -> linked.add(identity(one)));
            } else if (data.isObject()) {
                linked.add(identity(data));
            }
        }
        return linked;
    }
}
