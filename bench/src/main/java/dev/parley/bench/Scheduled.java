package dev.parley.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Schedules messages as a customer does: a thousand in a request. */
final class Scheduled {

    /** Stands before the number in each text. */
    static final String NUMBER = ", number ";

    private static final int MANY = 1000;
    private static final int CLIENTS = 4;
    private static final int CREATED = 201;

    private Scheduled() {}

    static void make(ApiClient api, List<String> threads, int messages, Instant due) throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                all.add(clients.submit(() -> {
                    for (int from = next.getAndAdd(MANY); from < messages; from = next.getAndAdd(MANY)) {
                        send(api, threads, from, Math.min(messages, from + MANY), due);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private static void send(ApiClient api, List<String> threads, int from, int to, Instant due) throws Exception {
        String at = due.atOffset(ZoneOffset.UTC).toString().replace("Z", "+00:00");
        List<Map<String, ?>> data = new ArrayList<>();
        for (int i = from; i < to; i++) {
            data.add(Map.of(
                    "type",
                    "messages",
                    "attributes",
                    Map.of(
                            "messageThreadId",
                            threads.get(i % threads.size()),
                            "sendBy",
                            "Bench",
                            "scheduledAt",
                            at,
                            "payload",
                            Map.of(
                                    "type",
                                    "text",
                                    "text",
                                    Map.of("value", "Tomorrow is your interview" + NUMBER + i)))));
        }
        for (JsonNode result :
                api.post("/messages/bulk", Map.of("data", data)).path("meta").path("results")) {
            if (!result.path("status").asString().equals(Integer.toString(CREATED))) {
                throw new IllegalStateException("a scheduled message was answered " + result);
            }
        }
    }
}
