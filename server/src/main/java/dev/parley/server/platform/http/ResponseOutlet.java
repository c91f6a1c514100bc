package dev.parley.server.platform.http;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes an open answer to its connection. */
final class ResponseOutlet implements Outlet {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean over = new AtomicBoolean();

    ResponseOutlet(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        // Whoever writes knows how long silence may last; the connection's own idea of it is about requests.
        request.addIdleTimeoutListener(silence -> false);
    }

    @Override
    public void write(byte[] bytes, Consumer<Boolean> then) {
        response.write(
                false, ByteBuffer.wrap(bytes), Callback.from(() -> then.accept(true), failure -> gone(failure, then)));
    }

    private void gone(Throwable failure, Consumer<Boolean> then) {
        if (over.compareAndSet(false, true)) {
            callback.failed(failure);
        }
        then.accept(false);
    }

    @Override
    public void end() {
        if (over.compareAndSet(false, true)) {
            response.write(true, ByteBuffer.allocate(0), callback);
        }
    }

    @Override
    public void cut() {
        Throwable cause = new EOFException("the answer was broken off");
        // A write under way fails with it, and tells.
        request.getConnectionMetaData().getConnection().getEndPoint().close(cause);
        if (over.compareAndSet(false, true)) {
            callback.failed(cause);
        }
    }
}
