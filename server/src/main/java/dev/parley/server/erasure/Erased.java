package dev.parley.server.erasure;

import dev.parley.server.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** How much was erased, of each kind. */
record Erased(
        int candidates,
        int messageThreads,
        int messages,
        int attempts,
        int callbacks,
        int events,
        int idempotentAnswers) {

    static final Erased NOTHING = new Erased(0, 0, 0, 0, 0, 0, 0);

    static Erased callbacks(int count) {
        return new Erased(0, 0, 0, 0, count, 0, 0);
    }

    Erased plus(Erased other) {
        return new Erased(
                candidates + other.candidates,
                messageThreads + other.messageThreads,
                messages + other.messages,
                attempts + other.attempts,
                callbacks + other.callbacks,
                events + other.events,
                idempotentAnswers + other.idempotentAnswers);
    }

    ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("candidates", candidates)
                .put("messageThreads", messageThreads)
                .put("messages", messages)
                .put("attempts", attempts)
                .put("callbacks", callbacks)
                .put("events", events)
                .put("idempotentAnswers", idempotentAnswers);
    }
}
