package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * How many bytes the server allocates for a request that is accepted, through HTTP to the commit and back, each alone in its group,
 * which is the dearest. All threads are counted, virtual ones by those that carry them; the client here allocates next to nothing.
 * Tests run with the first compiler alone, which removes no allocation, so that the number is the same everywhere. See
 * docs/performance.md before raising it.
 */
@NullUnmarked
class AllocationCostTest {

    private static final int WARM = 300;
    private static final int COUNTED = 300;
    private static final int ROUNDS = 3;

    /** Half as much again as was measured: a tenth more is no reason to fail, twice as much is. */
    private static final long MOST = 80_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void anAcceptedRequestAllocatesABoundedNumberOfBytes() throws Exception {
        try (MessagesServer server = new MessagesServer()) {
            UUID thread = server.db.webThread(MessagesServer.A);
            byte[] request = request(thread);
            try (Client client = new Client(URI.create(server.url()).getPort())) {
                client.send(request, WARM);
                long least = Long.MAX_VALUE;
                for (int i = 0; i < ROUNDS; i++) {
                    long before = THREADS.getTotalThreadAllocatedBytes();
                    client.send(request, COUNTED);
                    least = Math.min(least, (THREADS.getTotalThreadAllocatedBytes() - before) / COUNTED);
                }
                System.out.println("bytes allocated for an accepted request: " + least);
                assertThat(least).isBetween(MOST / 10, MOST);
            }
        }
    }

    private static byte[] request(UUID thread) {
        String body = MessagesServer.text(thread, "Hello", "");
        String head =
                "POST /public/v2/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + MessagesServer.A
                        + "\r\nContent-Type: application/vnd.api+json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the same bytes again and again on one connection, and reads answers into one array. */
    private static final class Client implements AutoCloseable {
        private static final byte[] LENGTH = "Content-Length: ".getBytes(StandardCharsets.US_ASCII);

        private final Socket socket;
        private final InputStream in;
        private final byte[] line = new byte[8_192];

        Client(int port) throws IOException {
            socket = new Socket("localhost", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 16_384);
        }

        void send(byte[] request, int times) throws IOException {
            for (int i = 0; i < times; i++) {
                socket.getOutputStream().write(request);
                int status = 0;
                long body = 0;
                for (int length = line(); length > 0; length = line()) {
                    if (status == 0) {
                        status = number(9, 12);
                    } else if (matches(length)) {
                        body = number(LENGTH.length, length);
                    }
                }
                in.skipNBytes(body);
                if (status != 201 || body == 0) {
                    throw new AssertionError("status " + status);
                }
            }
        }

        private boolean matches(int length) {
            boolean same = length > LENGTH.length;
            for (int i = 0; same && i < LENGTH.length; i++) {
                same = Character.toLowerCase(line[i]) == Character.toLowerCase(LENGTH[i]);
            }
            return same;
        }

        private int number(int from, int to) {
            int number = 0;
            for (int i = from; i < to; i++) {
                number = number * 10 + line[i] - '0';
            }
            return number;
        }

        /** Its length without the line's end. */
        private int line() throws IOException {
            int length = 0;
            for (int b = in.read(); b != '\n' && b >= 0; b = in.read()) {
                line[length++] = (byte) b;
            }
            return length - 1;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
