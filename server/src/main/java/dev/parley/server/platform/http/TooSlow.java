package dev.parley.server.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The answer to a request whose head never came to an end, byte by byte, as there is no request that could be answered. */
final class TooSlow implements Supplier<byte[]> {

    private final HttpEdge edge;

    TooSlow(HttpEdge edge) {
        this.edge = edge;
    }

    @Override
    public byte[] get() {
        String id = edge.requestIds().get();
        HttpAnswer answer = edge.failures().render(new HttpFailure.Malformed(408), id);
        StringBuilder head = new StringBuilder("HTTP/1.1 408 Request Timeout\r\n");
        answer.headers().forEach((name, value) -> line(head, name, value));
        line(head, RequestIds.HEADER, id);
        line(head, "Content-Length", String.valueOf(answer.body().length));
        line(head, "Connection", "close");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(answer.body());
        return bytes.toByteArray();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
