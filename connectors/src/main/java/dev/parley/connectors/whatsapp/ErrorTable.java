package dev.parley.connectors.whatsapp;

import dev.parley.connector.ErrorAction;
import dev.parley.connector.ProviderError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code errors.tsv}: by code, and by name those that have none. Immutable. */
final class ErrorTable {

    private static final String RESOURCE = "errors.tsv";
    private static final int COLUMNS = 6;

    /**
     * One row.
     *
     * @param first of the codes it is for
     * @param last of the codes it is for
     */
    record Row(int first, int last, String code, ErrorAction action, int maxAttempts, String title, String detail) {

        ProviderError error(
                String providerCode,
                String providerText,
                @Nullable String providerJson,
                @Nullable Duration retryAfter) {
            return new ProviderError(
                    providerCode, providerText, providerJson, code, title, detail, action, maxAttempts, retryAfter);
        }
    }

    private final Map<Integer, Row> byCode = new HashMap<>();
    private final Map<String, Row> byName = new HashMap<>();

    private ErrorTable(List<String> lines) {
        for (String line : lines) {
            if (!line.startsWith("#")) {
                add(line.split("\t", -1));
            }
        }
    }

    static ErrorTable read() {
        try (InputStream in = ErrorTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ErrorTable(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " can't be read", e);
        }
    }

    @Nullable
    Row find(int code) {
        return byCode.get(code);
    }

    Row named(String name) {
        Row row = byName.get(name);
        if (row == null) {
            throw new IllegalStateException(RESOURCE + " has no row " + name);
        }
        return row;
    }

    Map<Integer, Row> rows() {
        return Map.copyOf(byCode);
    }

    private void add(String[] columns) {
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(RESOURCE + ": a row must have " + COLUMNS + " columns: " + columns[0]);
        }
        if (Character.isLetter(columns[0].charAt(0))) {
            put(byName, columns[0], row(-1, -1, columns));
            return;
        }
        int dash = columns[0].indexOf('-');
        int first = Integer.parseInt(dash < 0 ? columns[0] : columns[0].substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(columns[0].substring(dash + 1));
        for (int code = first; code <= last; code++) {
            put(byCode, code, row(first, last, columns));
        }
    }

    private static <K> void put(Map<K, Row> rows, K key, Row row) {
        if (rows.put(key, row) != null) {
            throw new IllegalStateException(RESOURCE + " has two rows for " + key);
        }
    }

    private static Row row(int first, int last, String[] columns) {
        return new Row(
                first,
                last,
                columns[1],
                ErrorAction.valueOf(columns[2]),
                Integer.parseInt(columns[3]),
                columns[4],
                columns[5]);
    }
}
