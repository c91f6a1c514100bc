package dev.parley.server.webhooks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.parley.server.platform.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A customer's system that takes webhooks and misbehaves on demand, by path; it writes down everything it saw. */
public final class WebhookReceiver implements AutoCloseable {

    /** A request as it came. */
    public record Received(String path, Map<String, String> headers, String body) {

        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }

        /** What it tells: the attributes of the delivery. */
        public JsonNode attributes() {
            return Json.MAPPER.readTree(body).at("/data/attributes");
        }

        /** The id of the resource that it tells of. */
        public String resource() {
            return attributes().at("/resource/id").asString();
        }
    }

    /** What it does with a request; true when the connection goes on. */
    @FunctionalInterface
    public interface Behaviour {
        boolean answer(Received request, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final List<Received> ledger = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public WebhookReceiver() {
        try {
            server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    /** From now on; a path without a behaviour answers 204. */
    public void on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    public List<Received> received(String path) {
        return ledger.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** The ids that requests came with, by the resource that they tell of. */
    public static Map<String, Set<String>> told(List<Received> requests) {
        return requests.stream().collect(groupingBy(Received::resource, mapping(Received::id, toSet())));
    }

    /** Requests of a path that are not answered yet. */
    public int underWay(String path) {
        return count(path).get();
    }

    public static Behaviour status(int status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Length: 0\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return raw(head + "\r\n", true);
    }

    /** These bytes, and then the connection goes on or is cut. */
    public static Behaviour raw(String bytes, boolean goOn) {
        return (request, out) -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return goOn;
        };
    }

    /** Never answers. */
    public Behaviour hang() {
        return until(closed, status(204));
    }

    /** Answers once the latch is open. */
    public Behaviour until(CountDownLatch open, Behaviour then) {
        return (request, out) -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                return false;
            }
            return then.answer(request, out);
        };
    }

    /** A body that never ends. */
    public static Behaviour endless(int status) {
        return (request, out) -> {
            out.write(("HTTP/1.1 " + status + " Status\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            while (true) {
                out.write(chunk);
            }
        };
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            OutputStream out = socket.getOutputStream();
            boolean goOn = true;
            while (goOn) {
                Received request = read(in);
                if (request == null) {
                    return;
                }
                ledger.add(request);
                goOn = answer(request, out);
            }
        } catch (IOException expected) {
            // the caller is gone
        }
    }

    private boolean answer(Received request, OutputStream out) throws IOException {
        AtomicInteger running = count(request.path());
        running.incrementAndGet();
        try {
            return behaviours.getOrDefault(request.path(), status(204)).answer(request, out);
        } finally {
            running.decrementAndGet();
        }
    }

    private AtomicInteger count(String path) {
        return underWay.computeIfAbsent(path, any -> new AtomicInteger());
    }

    private static @Nullable Received read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Received(List.of(first.split(" ")).get(1), headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : new ArrayList<>(sockets)) {
            socket.close();
        }
    }
}
