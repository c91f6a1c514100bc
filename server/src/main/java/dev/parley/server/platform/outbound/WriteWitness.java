package dev.parley.server.platform.outbound;

import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/**
 * Knows of one request whether a byte of it can have left. It has not as long as the request has no connection; as long as
 * the TLS handshake of its connection is not finished, since nothing of a request is encrypted before (Java sends no early
 * data); and when the socket took no byte since the request was given to it.
 */
final class WriteWitness implements Request.BeginListener {

    /** What TLS sessions are called until a handshake is finished. */
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private record Wire(
            CountingEndPoint socket,
            long takenBefore,
            @Nullable SSLEngine handshaking) {}

    private volatile boolean begun;
    private volatile @Nullable Wire wire;

    @Override
    public void onBegin(Request request) {
        if (request.getConnection() instanceof Connection connection) {
            wire = wireOf(connection.getEndPoint());
        }
        begun = true;
    }

    /** Whether certainly nothing left. Ask only after the exchange has failed: it closes the connection. */
    boolean nothingLeft() {
        if (!begun) {
            return true;
        }
        Wire current = wire;
        if (current == null) {
            return false;
        }
        boolean untouched = current.socket().closeUntouchedSince(current.takenBefore());
        SSLEngine engine = current.handshaking();
        return untouched || (engine != null && !handshaken(engine));
    }

    private static @Nullable Wire wireOf(EndPoint endPoint) {
        if (endPoint instanceof CountingEndPoint socket) {
            return new Wire(socket, socket.taken(), null);
        }
        if (endPoint instanceof SslConnection.SslEndPoint tls && tls.unwrap() instanceof CountingEndPoint socket) {
            SSLEngine engine = tls.getSslConnection().getSSLEngine();
            return new Wire(socket, socket.taken(), handshaken(engine) ? null : engine);
        }
        return null;
    }

    private static boolean handshaken(SSLEngine engine) {
        return !NO_CIPHER.equals(engine.getSession().getCipherSuite());
    }
}
