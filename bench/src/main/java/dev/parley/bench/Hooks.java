package dev.parley.bench;

import java.io.IOException;
import java.util.Map;

/** A customer's system that is told of each change of a message, and takes it at once. Not thread-safe. */
final class Hooks implements AutoCloseable {

    /** Sent, delivered and read are a change each. */
    static final int A_MESSAGE = 3;

    private final FastDoor door;
    private long before;

    private Hooks(FastDoor door) {
        this.door = door;
    }

    static Hooks subscribe(ApiClient api) throws IOException, InterruptedException {
        FastDoor door = FastDoor.open();
        api.create(
                "/webhooks",
                "webhooks",
                Map.of("resource", "messages", "event", "update", "webhookUrl", door.url() + "/hook"));
        return new Hooks(door);
    }

    /** Counts from here on. */
    void begin() {
        before = door.all();
    }

    /** Fails unless each change of so many messages was told since. */
    void complete(int messages) throws IOException {
        long told = door.all() - before;
        if (told < (long) A_MESSAGE * messages) {
            throw new IOException("the receiver was told of " + told + " changes of " + messages + " messages");
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
