package dev.parley.simulator.whatsapp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Meta's error codes with the HTTP status and texts that its documentation prints; the file {@code errors.txt}. */
public final class ErrorTable {

    private static final Map<Integer, Row> ROWS = read();

    private ErrorTable() {}

    /**
     * One code.
     *
     * @param httpStatus the status of a synchronous error
     * @param title the short text, also the message
     * @param details the long text
     */
    public record Row(int code, int httpStatus, String title, String details) {}

    /** The row of a code, or null when the table does not know it. */
    public static @Nullable Row find(int code) {
        return code > 200 && code <= 299 ? ROWS.get(200) : ROWS.get(code);
    }

    /** The row of a code; an unknown one is a plain 400. */
    public static Row get(int code) {
        Row row = find(code);
        return row == null ? new Row(code, 400, "Unknown error", "An unknown error occurred.") : row;
    }

    private static Map<Integer, Row> read() {
        InputStream file = Objects.requireNonNull(ErrorTable.class.getResourceAsStream("errors.txt"), "errors.txt");
        try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .map(cell -> new Row(Integer.parseInt(cell[0]), Integer.parseInt(cell[1]), cell[2], cell[3]))
                    .collect(Collectors.toUnmodifiableMap(Row::code, row -> row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
