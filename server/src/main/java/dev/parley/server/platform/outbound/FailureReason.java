package dev.parley.server.platform.outbound;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Short words for why a call failed. Texts of exceptions hold names, addresses and URLs, so they are not used. */
final class FailureReason {

    private static final int MAX_CAUSES = 10;

    private FailureReason() {}

    static String of(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            String known = known(cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return "the connection failed";
    }

    private static @Nullable String known(Throwable failure) {
        return switch (failure) {
            case GuardedResolver.Refused refused -> refused.reason();
            case UnknownHostException _ -> "the host's name has no address";
            case SSLException _ -> "the TLS handshake or connection failed";
            case ConnectException _ -> "the connection was refused";
            case SocketTimeoutException _ -> "no connection within the time for connecting";
            case TimeoutException _ -> "no whole answer within the deadline";
            case RejectedExecutionException _ -> "too many calls to this host are waiting";
            case EOFException _, ClosedChannelException _ -> "the connection was cut";
            case HttpResponseException _, HttpException _ -> "the answer is not HTTP";
            case IllegalArgumentException _ -> "the answer is too long";
            default -> null;
        };
    }
}
