package dev.parley.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer of the server. */
record Answer(int status, String body, HttpResponse<String> response) {

    Answer expect(int wanted) {
        assertThat(status).as(body).isEqualTo(wanted);
        return this;
    }

    JsonNode json() {
        return Json.MAPPER.readTree(body);
    }

    String id() {
        return json().at("/data/id").asString();
    }

    ObjectNode attributes() {
        return (ObjectNode) json().at("/data/attributes");
    }

    JsonNode attribute(String name) {
        return attributes().get(name);
    }

    JsonNode setting(String name) {
        return attributes().get("settings").get(name);
    }

    /** Each problem as {@code code pointer}. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (JsonNode error : json().get("errors")) {
            problems.add(error.get("code").asString() + " "
                    + error.at("/source/pointer").asString());
        }
        return problems;
    }
}
