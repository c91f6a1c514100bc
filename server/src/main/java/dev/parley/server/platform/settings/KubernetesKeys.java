package dev.parley.server.platform.settings;

import java.util.regex.Pattern;

/**
 * Environment keys that Kubernetes makes for services named {@code parley} or {@code parley-x} (Kubernetes documentation,
 * "Accessing the Service", environment variables). They are nobody's settings.
 */
final class KubernetesKeys {

    private static final Pattern SERVICE = Pattern.compile("PARLEY_([A-Z0-9_]+_)?SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)");
    private static final Pattern PORT = Pattern.compile("PARLEY_([A-Z0-9_]+_)?PORT");
    private static final Pattern PORT_DETAIL =
            Pattern.compile("PARLEY_([A-Z0-9_]+_)?PORT_\\d+_(TCP|UDP|SCTP)(_[A-Z0-9_]+)?");

    private KubernetesKeys() {}

    static boolean matches(String key, String value) {
        boolean address = value.startsWith("tcp://") || value.startsWith("udp://");
        return SERVICE.matcher(key).matches()
                || PORT_DETAIL.matcher(key).matches()
                || (address && PORT.matcher(key).matches());
    }
}
