package dev.parley.simulator;

import dev.parley.simulator.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Measures sends per second over plain sockets with keep-alive, one request under way on each, with every callback
 * posted to a receiver in the same process. Arguments: connections (64), seconds (10), callbacks (true).
 */
final class SendRate {

    private SendRate() {}

    public static void main(String[] arguments) throws Exception {
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        boolean callbacks = arguments.length < 3 || Boolean.parseBoolean(arguments[2]);
        var updates = new AtomicInteger();
        try (var sink = dev.parley.simulator.http.HttpServer.start("127.0.0.1", 0, _ -> {
                    updates.incrementAndGet();
                    return dev.parley.simulator.http.Reply.html(200, "");
                });
                Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            if (callbacks) {
                register(simulator, sink.url().toString());
            }
            long sent = measure("warm-up", simulator, connections, seconds);
            sent += measure("measured", simulator, connections, seconds);
            check(simulator, sent, callbacks ? 3 * sent : 0);
            System.out.printf("callback POSTs: %,d%n", updates.get());
        }
    }

    private static void register(Simulator simulator, String url) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), simulator.url().getPort())) {
            var in = new BufferedInputStream(socket.getInputStream());
            String body = "{\"phoneNumberId\":\"1065\",\"appSecret\":\"s\",\"callbackUrl\":\"" + url + "/\"}";
            exchange(socket, in, request("/_control/numbers", body));
        }
    }

    private static long measure(String name, Simulator simulator, int connections, int seconds) throws Exception {
        var sends = new LongAdder();
        Duration cpuBefore = cpu();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        var threads = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            int person = i;
            threads[i] = Thread.ofVirtual().start(() -> run(simulator, person, end, sends));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double took = (System.nanoTime() - start) / 1e9;
        double cpu = cpu().minus(cpuBefore).toNanos() / 1e9;
        System.out.printf(
                "%s: %,.0f sends/s, %.1f of the cores' seconds a second, %.0f us of them a send%n",
                name, sends.sum() / took, cpu / took, cpu * 1e6 / sends.sum());
        return sends.sum();
    }

    /** Processor time of the whole process: load, simulator and receiver. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    /** A rate counts only if everything sent is in the ledger and everything owed was called back. */
    private static void check(Simulator simulator, long sent, long updates) throws Exception {
        var uri = URI.create(simulator.url() + "/_control/stats");
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            String body = SimulatorTest.HTTP
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            JsonNode stats = Json.MAPPER.readTree(body);
            Assertions.assertThat(stats.path("accepted").asLong()).isEqualTo(sent);
            Assertions.assertThat(stats.path("callbackUpdates").asLong()).isEqualTo(updates);
        });
    }

    private static void run(Simulator simulator, int person, long end, LongAdder sends) {
        String body = "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"+1650555"
                + (1000 + person)
                + "\",\"type\":\"text\",\"text\":{\"body\":\"Hello, are you free for a call tomorrow at ten?\"},"
                + "\"biz_opaque_callback_data\":\"0190d3c2-8c1f-7000-8000-000000000001:1\"}";
        byte[] request = request("/v26.0/1065/messages", body);
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), simulator.url().getPort())) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                exchange(socket, in, request);
                sends.increment();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] request(String path, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void exchange(Socket socket, InputStream in, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
                throw new IOException(line);
            }
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("cut");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
