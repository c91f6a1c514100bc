package dev.parley.server.cli;

import dev.parley.server.platform.logging.SafeMessage;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;

/** Says in a sentence why a command failed. */
final class Failures {

    private static final int MAX_CAUSES = 8;

    private Failures() {}

    static String explain(Throwable failure) {
        List<String> parts = new ArrayList<>();
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            if (current instanceof BindException) {
                parts.add("a port is in use already, or the address is not this machine's;"
                        + " choose others with --port, --management-port, --host");
            }
            String message = SafeMessage.of(current);
            if (message != null && parts.stream().noneMatch(part -> part.contains(message))) {
                parts.add(message);
            }
            current = current.getCause();
        }
        return parts.isEmpty() ? failure.getClass().getName() : String.join(": ", parts);
    }
}
