package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request after the other of a connection to {@link FastDoor}, understood as far as the door needs. Not thread-safe. */
final class DoorRequest {

    private static final int MOST = 64 << 10;
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String REFERENCE = "Reference";

    private final byte[] buffer = new byte[MOST];
    private int filled;
    private int end;
    private String text = "";

    /** Waits for a whole request; false when the connection has ended. */
    boolean read(InputStream in) throws IOException {
        System.arraycopy(buffer, end, buffer, 0, filled - end);
        filled -= end;
        end = 0;
        while (!whole()) {
            int n = filled == MOST ? -1 : in.read(buffer, filled, MOST - filled);
            if (n < 0) {
                return false;
            }
            filled += n;
        }
        return true;
    }

    private boolean whole() {
        String all = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
        int head = all.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        int body = 0;
        String names = all.substring(0, head + 2).toLowerCase(Locale.ROOT);
        int length = names.indexOf(LENGTH);
        if (length >= 0) {
            int from = length + LENGTH.length();
            body = Integer.parseInt(
                    names.substring(from, names.indexOf('\r', from)).trim());
        }
        if (filled < head + 4 + body) {
            return false;
        }
        end = head + 4 + body;
        text = all.substring(0, end);
        return true;
    }

    /** As {@link RequestTemplate} writes it into a text, in JSON or in a query; -1 without one. */
    int number() {
        int at = text.indexOf(REFERENCE);
        if (at < 0) {
            return -1;
        }
        at += REFERENCE.length();
        at += text.charAt(at) == '%' ? 3 : 1;
        try {
            return Integer.parseInt(text.substring(at, at + RequestTemplate.DIGITS));
        } catch (NumberFormatException | StringIndexOutOfBoundsException other) {
            return -1;
        }
    }

    /** The number of a {@link Scheduled} message; -1 of any other. */
    int scheduled() {
        int from = text.indexOf(Scheduled.NUMBER);
        if (from < 0) {
            return -1;
        }
        from += Scheduled.NUMBER.length();
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Integer.parseInt(text.substring(from, to));
    }

    byte[] answer(long id) {
        String body = text.startsWith("POST") ? cloud(id) : "Sent.";
        String type = text.startsWith("POST") ? "application/json" : "text/plain";
        return ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Source: Meta's page "Cloud API, messages", answer of a message that was taken. */
    private String cloud(long id) {
        int from = text.indexOf("\"to\":\"") + 6;
        String to = from < 6 ? "" : text.substring(from, text.indexOf('"', from));
        return "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"" + to + "\",\"wa_id\":\""
                + to.replace("+", "") + "\"}],\"messages\":[{\"id\":\"wamid.BENCH" + id + "\"}]}";
    }
}
