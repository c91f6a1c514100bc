package dev.parley.server.platform.db;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array of UUIDs or times in PostgreSQL's binary form, which the driver makes of numbers and texts alone: 16 or 8 bytes a value
 * instead of a text of 36 or 27 that is written here and parsed there. Not thread-safe.
 *
 * <p>Source: PostgreSQL's {@code array_recv}, {@code uuid_recv} and {@code timestamptz_recv}.
 */
final class BinaryArray extends PGobject implements PGBinaryObject {

    /** The types that the driver is told to send in this form, by their numbers in {@code pg_type}: {@code uuid[]}, {@code timestamptz[]}. */
    static final String TYPES = "2951,1185";

    private static final long serialVersionUID = 1;
    private static final int UUID_TYPE = 2950;
    private static final int TIME_TYPE = 1184;
    private static final int HEADER = 20;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final byte[] bytes;
    private final transient List<@Nullable Object> values;

    private BinaryArray(String type, byte[] bytes, List<@Nullable Object> values) {
        this.type = type;
        this.bytes = bytes;
        this.values = values;
    }

    static <T> BinaryArray uuids(List<T> rows, Function<T, @Nullable UUID> column) {
        return of(
                "_uuid",
                UUID_TYPE,
                16,
                rows,
                column,
                (out, id) -> out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
    }

    /** Rounded to microseconds, as the database does. */
    static <T> BinaryArray times(List<T> rows, Function<T, @Nullable Instant> column) {
        return of("_timestamptz", TIME_TYPE, 8, rows, column, (out, time) -> out.putLong(micros(time)));
    }

    private static long micros(Instant time) {
        long seconds = Math.subtractExact(time.getEpochSecond(), EPOCH.getEpochSecond());
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), (time.getNano() + 500) / 1000);
    }

    private static <T, V> BinaryArray of(
            String name,
            int type,
            int width,
            List<T> rows,
            Function<T, @Nullable V> column,
            BiConsumer<ByteBuffer, V> put) {
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        ByteBuffer out = ByteBuffer.allocate(HEADER + rows.size() * (4 + width));
        out.putInt(1).putInt(1).putInt(type).putInt(rows.size()).putInt(1);
        for (T row : rows) {
            V value = column.apply(row);
            values.add(value);
            if (value == null) {
                out.putInt(-1);
            } else {
                put.accept(out.putInt(width), value);
            }
        }
        if (rows.isEmpty()) {
            out.clear().putInt(0).putInt(0).putInt(type);
        }
        byte[] bytes =
                out.position() == out.capacity() ? out.array() : java.util.Arrays.copyOf(out.array(), out.position());
        return new BinaryArray(name, bytes, values);
    }

    /** In text form, for a connection that was told to send nothing in binary. */
    @Override
    public String getValue() {
        StringBuilder text = new StringBuilder("{");
        for (Object value : values) {
            text.append(text.length() > 1 ? "," : "").append(value == null ? "NULL" : value);
        }
        return text.append('}').toString();
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("only sent, never read");
    }

    @Override
    public int lengthInBytes() {
        return bytes.length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }
}
