package dev.parley.simulator.whatsapp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes message ids like WhatsApp's: {@code wamid.} and the Base64 of the phone number, a direction and a hexadecimal
 * id. No id comes twice in one run, nor, but for chance, in two runs that start at different times. Thread-safe.
 */
final class Wamids {

    private static final int MAX_ADDRESS = 100;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final AtomicLong counter = new AtomicLong();
    private final long run;

    /** @param run differs from run to run */
    Wamids(long run) {
        this.run = SharedRandom.mix(run);
    }

    /** The id of a message to this number or user id. */
    String outgoing(String address) {
        return make(address, (byte) 0x11, 18);
    }

    /** The id of a message from this number or user id. */
    String incoming(String address) {
        return make(address, (byte) 0x12, 20);
    }

    /** A trace id as Graph puts into its errors. */
    String trace() {
        long id = SharedRandom.mix(run ^ counter.incrementAndGet());
        return "A"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                ByteBuffer.allocate(16).putLong(id).putLong(~id).array());
    }

    private String make(String address, byte direction, int idLength) {
        byte[] who =
                address.substring(0, Math.min(address.length(), MAX_ADDRESS)).getBytes(StandardCharsets.US_ASCII);
        String id = HEX.toHexDigits(SharedRandom.mix(run ^ counter.incrementAndGet())) + HEX.toHexDigits(run);
        ByteBuffer raw = ByteBuffer.allocate(10 + who.length + idLength);
        raw.put((byte) 0x1C).put((byte) 0x18).put((byte) who.length).put(who);
        raw.put((byte) 0x15).put((byte) 0x02).put((byte) 0x00).put(direction);
        raw.put((byte) 0x18).put((byte) idLength).put(id.getBytes(StandardCharsets.US_ASCII), 0, idLength);
        return "wamid." + Base64.getEncoder().encodeToString(raw.array());
    }
}
