package dev.parley.server.platform.metrics;

/**
 * One thing without which this node cannot do its work, such as its database. A provider is not one of them: when it is
 * down, messages wait, and the node is as good as any other.
 */
public interface HealthCheck {

    /** A short name: {@code database}. */
    String name();

    /** Looks now. May block; is given up after {@link ManagementPages#CHECK_TIMEOUT}. */
    Health check();
}
