package dev.parley.server.events.stream;

import java.util.ArrayList;
import java.util.List;

/** What waits to be written to one stream: a little, or one single event however large. Belongs to its stream. */
final class FrameQueue {

    /** The most bytes that wait. */
    static final int MOST = 128 << 10;

    private final List<byte[]> frames = new ArrayList<>(0);
    private int bytes;

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Takes it where there is room; nothing is too large for an empty queue. */
    boolean offer(byte[] frame) {
        if (!frames.isEmpty() && bytes + frame.length > MOST) {
            return false;
        }
        add(frame);
        return true;
    }

    void add(byte[] frame) {
        frames.add(frame);
        bytes += frame.length;
    }

    /** Everything, in one piece. */
    byte[] takeAll() {
        byte[] all = frames.getFirst();
        if (frames.size() > 1) {
            all = new byte[bytes];
            int at = 0;
            for (byte[] frame : frames) {
                System.arraycopy(frame, 0, all, at, frame.length);
                at += frame.length;
            }
        }
        clear();
        return all;
    }

    void clear() {
        frames.clear();
        bytes = 0;
    }
}
