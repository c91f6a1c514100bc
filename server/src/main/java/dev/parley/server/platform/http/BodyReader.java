package dev.parley.server.platform.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads bodies within a limit each, and within one limit for all that are held at the same time. */
final class BodyReader {

    private static final int FIRST = 8 << 10;
    private static final byte[] NOTHING = new byte[0];

    private final BodyMemory memory;

    BodyReader(BodyMemory memory) {
        this.memory = memory;
    }

    /** What came of reading. */
    sealed interface Body {

        /**
         * All of it; {@link #release} gives the memory back.
         *
         * @param sha256 of the body as it came, where an intake took it
         * @param taking what an intake has of it; null where none took it
         */
        record Whole(byte[] bytes, long reserved, byte @Nullable [] sha256, BodyIntake.@Nullable Taking taking)
                implements Body {

            Whole(byte[] bytes, long reserved) {
                this(bytes, reserved, null, null);
            }
        }

        record TooLarge() implements Body {}

        /** What an intake leaves of it, without what it puts elsewhere, is larger than this. */
        record RestTooLarge(long limit) implements Body {}

        record NoMemory() implements Body {}

        /** It stopped coming: the caller hung up, or its time was over. */
        record Broken() implements Body {}
    }

    /**
     * @param intake takes what is too large to be held; null to hold everything
     * @param pace is put around the body as it comes
     */
    Body read(Exchange exchange, long limit, @Nullable BodyIntake intake, UnaryOperator<InputStream> pace) {
        Request request = exchange.request();
        long announced = request.getHeaders().getLongField("Content-Length");
        if (announced > limit) {
            return new Body.TooLarge();
        }
        boolean chunked = request.getHeaders().contains("Transfer-Encoding");
        if (announced == 0 || (announced < 0 && !chunked)) {
            return new Body.Whole(NOTHING, 0);
        }
        // Whoever announces much takes nothing by that, but need not send it either where it won't fit.
        if (!memory.hasRoomFor(Math.min(announced, intake == null ? limit : intake.threshold()))) {
            return new Body.NoMemory();
        }
        try {
            // Left open: closing it before its end would break off what a caller still sends.
            return fill(pace.apply(exchange.body()), announced, limit, intake);
        } catch (IOException gone) {
            return new Body.Broken();
        }
    }

    void release(Body.Whole body) {
        memory.give(body.reserved());
        if (body.taking() != null) {
            body.taking().close();
        }
    }

    private Body fill(InputStream in, long announced, long limit, @Nullable BodyIntake intake) throws IOException {
        // What is announced isn't believed before it comes: memory grows with the bytes that have arrived.
        int reserved = (int) Math.min(FIRST, announced < 0 ? FIRST : announced + 1);
        if (!memory.take(reserved)) {
            return new Body.NoMemory();
        }
        boolean done = false;
        try {
            byte[] bytes = new byte[reserved];
            int length = 0;
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes, length, bytes.length - length)) {
                length += n;
                if (length > limit) {
                    return new Body.TooLarge();
                }
                if (intake != null && length > intake.threshold()) {
                    return taken(
                            intake, new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), in), limit);
                }
                if (length == bytes.length) {
                    int more = (int) Math.min(bytes.length * 2L, (announced < 0 ? limit : announced) + 1);
                    if (!memory.take(more - bytes.length)) {
                        return new Body.NoMemory();
                    }
                    reserved = more;
                    bytes = Arrays.copyOf(bytes, more);
                }
            }
            done = true;
            return new Body.Whole(length == bytes.length ? bytes : Arrays.copyOf(bytes, length), reserved);
        } finally {
            if (!done) {
                memory.give(reserved);
            }
        }
    }

    private Body taken(BodyIntake intake, InputStream body, long limit) throws IOException {
        BodyIntake.Taking taking = begin(intake);
        if (taking == null) {
            return new Body.NoMemory();
        }
        boolean done = false;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            LimitedStream limited = new LimitedStream(new DigestInputStream(body, digest), limit);
            byte[] rest = taking.take(limited);
            if (limited.exceeded()) {
                return new Body.TooLarge();
            }
            if (rest == null) {
                return new Body.RestTooLarge(intake.rest());
            }
            if (!memory.take(rest.length)) {
                return new Body.NoMemory();
            }
            done = true;
            return new Body.Whole(rest, rest.length, digest.digest(), taking);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            if (!done) {
                taking.close();
            }
        }
    }

    private static BodyIntake.@Nullable Taking begin(BodyIntake intake) {
        try {
            return intake.begin();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
