package dev.parley.bench;

import java.io.IOException;
import java.util.Map;

/** Webhooks: one that is told of each message's changes, and all others of candidates, which nobody makes meanwhile. */
final class Endpoints {

    private Endpoints() {}

    static void make(ApiClient api, String receiver, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            api.create(
                    "/webhooks",
                    "webhooks",
                    Map.of(
                            "resource",
                            i == 0 ? "messages" : "candidates",
                            "event",
                            i == 0 ? "update" : "create",
                            "webhookUrl",
                            receiver + "/growth/" + i));
        }
    }
}
