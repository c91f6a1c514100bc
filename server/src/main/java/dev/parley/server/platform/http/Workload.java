package dev.parley.server.platform.http;

import java.util.concurrent.Semaphore;

/** What a server has under way, each within its bound. Safe for use by many threads at once. */
public final class Workload {

    private final BodyMemory bodies;
    private final int most;
    private final Semaphore room;
    private final Connections connections;

    Workload(BodyMemory bodies, int most, Connections connections) {
        this.bodies = bodies;
        this.most = most;
        this.room = new Semaphore(most);
        this.connections = connections;
    }

    BodyMemory bodies() {
        return bodies;
    }

    Connections connections() {
        return connections;
    }

    /** Whether another request could be worked on at this moment. */
    boolean hasRoom() {
        return room.availablePermits() > 0;
    }

    /** One request more is worked on; false when there are as many as may be. */
    boolean begin() {
        return room.tryAcquire();
    }

    /** It is not worked on any more. */
    void end() {
        room.release();
    }

    /** Bytes of bodies that are held now. */
    public long bodyBytes() {
        return bodies.held();
    }

    /** The most bytes of bodies that are held at once. */
    public long bodyBytesLimit() {
        return bodies.limit();
    }

    /** Requests whose handler is at work now; without those whose body still comes, or whose answer is still being taken. */
    public int requests() {
        return most - room.availablePermits();
    }

    /** Open connections. */
    public int openConnections() {
        return connections.size();
    }

    /** Connections that were cut as their request, or the taking of their answer, was too slow. */
    public long cutConnections() {
        return connections.cut();
    }
}
