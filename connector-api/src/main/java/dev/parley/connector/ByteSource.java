package dev.parley.connector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Bytes that are read when they are needed, from a file for example; never held whole. Can be opened again and again. */
public interface ByteSource {

    /** How many bytes {@link #open} will give, exactly. */
    long length();

    /** A new stream over all of them; whoever opens it closes it. */
    InputStream open() throws IOException;

    /** Bytes in memory; not to be changed afterwards. */
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** One after the other, for example what stands around a file in a form. */
    static ByteSource concat(List<ByteSource> parts) {
        return new ByteSource() {
            @Override
            public long length() {
                return parts.stream().mapToLong(ByteSource::length).sum();
            }

            @Override
            public InputStream open() throws IOException {
                List<InputStream> streams = new ArrayList<>();
                for (ByteSource part : parts) {
                    streams.add(part.open());
                }
                return new SequenceInputStream(Collections.enumeration(streams));
            }
        };
    }
}
