package dev.parley.server.media;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Decodes base64 that comes in pieces: the standard and the URL-safe alphabet (RFC 4648), with or without padding, with blanks
 * and line breaks anywhere, and a data URI (RFC 2397) in front or none. Belongs to one thread.
 */
final class Base64Text {

    private static final String DATA = "data:";
    private static final int MAX_PREFIX = 512;
    private static final int BUFFER = 16 << 10;
    private static final byte[] VALUES = values();

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final StringBuilder prefix = new StringBuilder();
    private int buffered;
    private boolean inPrefix = true;
    private boolean bad;
    private boolean padded;
    private int bits;
    private int digits;

    Base64Text(OutputStream out) {
        this.out = out;
    }

    /** Takes one character. */
    void put(int c) throws IOException {
        if (bad || c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            return;
        }
        if (inPrefix) {
            prefix(c);
        } else {
            digit(c);
        }
    }

    /** Takes a whole text. */
    void put(CharSequence text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    /** Writes the rest; whether all of it was base64 of at least one byte. */
    boolean end() throws IOException {
        if (inPrefix) {
            inPrefix = false;
            flushPrefix();
        }
        switch (digits) {
            case 1 -> bad = true;
            case 2 -> emit(bits >> 4);
            case 3 -> {
                emit(bits >> 10);
                emit(bits >> 2);
            }
            default -> {}
        }
        out.write(buffer, 0, buffered);
        buffered = 0;
        return !bad;
    }

    private void prefix(int c) throws IOException {
        prefix.append((char) c);
        int length = prefix.length();
        boolean begins = length <= DATA.length() ? DATA.regionMatches(true, 0, prefix.toString(), 0, length) : true;
        if (!begins) {
            inPrefix = false;
            flushPrefix();
        } else if (c == ',') {
            inPrefix = false;
            bad = !prefix.substring(0, length - 1).toLowerCase(Locale.ROOT).endsWith(";base64");
        } else if (length > MAX_PREFIX) {
            bad = true;
        }
    }

    private void flushPrefix() throws IOException {
        for (int i = 0; i < prefix.length(); i++) {
            digit(prefix.charAt(i));
        }
    }

    private void digit(int c) throws IOException {
        if (c == '=') {
            padded = true;
            return;
        }
        int value = c < VALUES.length ? VALUES[c] : -1;
        if (value < 0 || padded) {
            bad = true;
            return;
        }
        bits = bits << 6 | value;
        if (++digits == 4) {
            emit(bits >> 16);
            emit(bits >> 8);
            emit(bits);
            bits = 0;
            digits = 0;
        }
    }

    private void emit(int value) throws IOException {
        if (buffered == BUFFER) {
            out.write(buffer, 0, buffered);
            buffered = 0;
        }
        buffer[buffered++] = (byte) value;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['+'] = 62;
        values['-'] = 62;
        values['/'] = 63;
        values['_'] = 63;
        return values;
    }
}
