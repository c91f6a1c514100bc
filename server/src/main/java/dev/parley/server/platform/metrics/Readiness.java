package dev.parley.server.platform.metrics;

/** What a node says of itself. */
public enum Readiness {
    /** Not yet: migrating, recovering. */
    STARTING,
    /** Takes requests, as long as its checks hold. */
    READY,
    /** Finishes what it has; a load balancer should send nothing new. */
    STOPPING
}
