package dev.parley.server.platform.outbound;

import java.io.InputStream;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.io.ByteBufferPool;

/** A streamed body whose length is known, so that it needs no chunks. */
final class SourceContent extends InputStreamRequestContent {

    private static final int CHUNK = 64 << 10;

    private final long length;

    SourceContent(InputStream in, long length) {
        super("application/octet-stream", in, new ByteBufferPool.Sized(null, false, CHUNK));
        this.length = length;
    }

    @Override
    public long getLength() {
        return length;
    }
}
