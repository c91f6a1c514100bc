package dev.parley.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.simulator.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The server that is called back: keeps every body and answers as it is told to. */
final class Receiver implements AutoCloseable {

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Received(byte[] body, @Nullable String signature) {
        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    volatile String verifyToken = "token";
    private final HttpServer server;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?account=7";
    }

    /** Every element of this name in every change of every entry of every body, in the order received. */
    List<JsonNode> all(String name) {
        var found = new ArrayList<JsonNode>();
        for (Received one : received) {
            for (JsonNode entry : one.json().path("entry")) {
                for (JsonNode change : entry.path("changes")) {
                    change.path("value").path(name).forEach(found::add);
                }
            }
        }
        return found;
    }

    List<String> statuses() {
        return all("statuses").stream().map(s -> s.path("status").asString()).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = new byte[0];
        int status = failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? 503 : 200;
        if (exchange.getRequestMethod().equals("GET")) {
            String query = exchange.getRequestURI().getQuery();
            boolean right = query.contains("hub.mode=subscribe") && query.endsWith("hub.verify_token=" + verifyToken);
            status = right ? 200 : 403;
            answer = query.replaceAll(".*hub\\.challenge=(\\d+).*", "$1").getBytes(StandardCharsets.US_ASCII);
        } else {
            received.add(new Received(body, exchange.getRequestHeaders().getFirst("X-Hub-Signature-256")));
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
