package dev.parley.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of one POST of a text message, ready to be written: only the thread and the number in the text change, and both
 * have a fixed length. Not thread-safe; each connection has its own.
 */
final class RequestTemplate {

    /** What the text of every message starts with; a number of {@link #DIGITS} digits follows. */
    static final String TEXT = "Thank you for your application. Shall we call tomorrow at ten? Reference ";

    static final int DIGITS = 9;
    private static final String NO_THREAD = "00000000-0000-0000-0000-000000000000";
    private static final String NO_NUMBER = "0".repeat(DIGITS);

    private final byte[] bytes;
    private final int threadAt;
    private final int tokenAt;
    private final int tokenLength;
    private final int numberAt;

    RequestTemplate(String hostAndPort, String token) {
        String body = "{\"data\":{\"type\":\"messages\",\"attributes\":{\"messageThreadId\":\"" + NO_THREAD
                + "\",\"sendBy\":\"Bench\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"" + TEXT + NO_NUMBER
                + "\"}}}}}";
        String head = "POST /public/v2/messages HTTP/1.1\r\nHost: " + hostAndPort + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
        tokenAt = head.indexOf(token);
        tokenLength = token.length();
        threadAt = head.length() + body.indexOf(NO_THREAD);
        numberAt = head.length() + body.indexOf(TEXT) + TEXT.length();
    }

    /** The request for this thread, and where a token follows it, with that one; the array is the template's own and valid until the next call. */
    byte[] of(byte[] threadId, long number) {
        System.arraycopy(threadId, 0, bytes, threadAt, NO_THREAD.length());
        if (threadId.length > NO_THREAD.length()) {
            System.arraycopy(threadId, NO_THREAD.length() + 1, bytes, tokenAt, tokenLength);
        }
        return digits(bytes, numberAt, number);
    }

    /** Writes a number of {@link #DIGITS} digits there, and gives the same bytes. */
    static byte[] digits(byte[] bytes, int at, long number) {
        long rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return bytes;
    }

    /** The number in a text that {@link #of} wrote; -1 for any other text. */
    static int number(String text) {
        return text.startsWith(TEXT) && text.length() == TEXT.length() + DIGITS
                ? Integer.parseInt(text.substring(TEXT.length()))
                : -1;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "RequestTemplate[%d bytes]", bytes.length);
    }
}
