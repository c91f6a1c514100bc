package dev.parley.server.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Hears SIGTERM and SIGINT. A shutdown hook is not enough: while hooks run, the JVM does not react to a second signal. The
 * class that can ({@code sun.misc.Signal}, module jdk.unsupported) is reached by reflection, since the compiler warns of it.
 */
public final class ProcessSignals {

    private ProcessSignals() {}

    /** From now on both signals go to {@code stop}. */
    public static void deliverTo(StopSignal stop) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle request = MethodHandles.lookup().bind(stop, "request", MethodType.methodType(void.class));
            Object listener =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(request, 0, signal));
            for (String name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot hear signals (module jdk.unsupported is missing)", e);
        }
    }
}
