package dev.parley.server.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a JSON document as it streams by, but for the text at {@code /data/attributes/payload/<kind>/data}: that is handed to
 * somebody else, character by character, and a short text stands in its place. Checks nothing of the JSON: whoever reads the
 * copy does. Belongs to one thread.
 */
final class BodyFilter {

    /** Takes a text that is left out. */
    interface Diversion {
        /** A text begins; gives what stands in its place, visible ASCII without quotes and backslashes. */
        String begin() throws IOException;

        /** The next character. */
        void put(int c) throws IOException;

        /** The text has ended. */
        void end() throws IOException;
    }

    private static final String[] PATH = {"data", "attributes", "payload", null, "data"};
    private static final int MAX_DEPTH = 64;
    private static final int MAX_KEY = 16;

    private final Diversion diversion;
    private final int most;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(1024);
    private final @Nullable String[] keys = new String[MAX_DEPTH];
    private final boolean[] objects = new boolean[MAX_DEPTH];
    private final StringBuilder key = new StringBuilder();
    private int depth;
    private boolean keyNext;
    private State state = State.OUTSIDE;
    private int escape;
    private int code;

    private enum State {
        OUTSIDE,
        KEY,
        TEXT,
        DIVERTED
    }

    /** @param most the most bytes of the copy */
    BodyFilter(Diversion diversion, int most) {
        this.diversion = diversion;
        this.most = most;
    }

    /** Reads to the end; null when the copy would be too long. */
    byte @Nullable [] copy(InputStream in) throws IOException {
        byte[] chunk = new byte[32 << 10];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            for (int i = 0; i < n; i++) {
                take(chunk[i] & 0xFF);
            }
            if (copy.size() > most) {
                return null;
            }
        }
        return copy.toByteArray();
    }

    private void take(int b) throws IOException {
        switch (state) {
            case OUTSIDE -> outside(b);
            case KEY, TEXT -> inside(b);
            case DIVERTED -> diverted(b);
        }
    }

    private void outside(int b) throws IOException {
        copy.write(b);
        switch (b) {
            case '{', '[' -> open(b == '{');
            case '}', ']' -> depth = Math.max(0, depth - 1);
            case ',' -> keyNext = inObject();
            case ':' -> keyNext = false;
            case '"' -> begin();
            default -> {}
        }
    }

    private void open(boolean object) {
        depth++;
        if (depth < MAX_DEPTH) {
            objects[depth] = object;
            keys[depth] = null;
        }
        keyNext = object;
    }

    private boolean inObject() {
        return depth < MAX_DEPTH && objects[depth];
    }

    private void begin() throws IOException {
        escape = 0;
        if (keyNext) {
            state = State.KEY;
            key.setLength(0);
        } else if (atData()) {
            state = State.DIVERTED;
            for (char c : diversion.begin().toCharArray()) {
                copy.write(c);
            }
        } else {
            state = State.TEXT;
        }
    }

    /** The place of the value that comes now. */
    private boolean atData() {
        if (depth != PATH.length) {
            return false;
        }
        for (int i = 0; i < PATH.length; i++) {
            boolean here = objects[i + 1] && (PATH[i] == null || PATH[i].equals(keys[i + 1]));
            if (!here) {
                return false;
            }
        }
        return true;
    }

    private void inside(int b) {
        copy.write(b);
        if (escape == 0 && b == '"') {
            if (state == State.KEY && depth < MAX_DEPTH) {
                keys[depth] = key.toString();
            }
            state = State.OUTSIDE;
            return;
        }
        escape = escape == 0 && b == '\\' ? 1 : 0;
        if (state == State.KEY && key.length() < MAX_KEY) {
            key.append((char) b);
        }
    }

    private void diverted(int b) throws IOException {
        if (escape == 0) {
            switch (b) {
                case '"' -> {
                    diversion.end();
                    copy.write(b);
                    state = State.OUTSIDE;
                }
                case '\\' -> escape = 1;
                default -> diversion.put(b);
            }
        } else if (escape == 1) {
            escape = 0;
            switch (b) {
                case 'n' -> diversion.put('\n');
                case 'r' -> diversion.put('\r');
                case 't' -> diversion.put('\t');
                case 'u' -> {
                    escape = 2;
                    code = 0;
                }
                default -> diversion.put(b);
            }
        } else {
            code = code << 4 | Math.max(0, Character.digit(b, 16));
            escape++;
            if (escape == 6) {
                escape = 0;
                diversion.put(code);
            }
        }
    }
}
