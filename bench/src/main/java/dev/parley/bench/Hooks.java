package dev.parley.bench;

import java.io.IOException;
import java.util.Map;

/** A customer's system that is told of each change of a message, and takes it at once. Not thread-safe. */
final class Hooks implements AutoCloseable {

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

    /** Fails unless so many changes were told since. */
    void complete(int changes) throws IOException {
        long told = door.all() - before;
        if (told < changes) {
            throw new IOException("the receiver was told of " + told + " of " + changes + " changes");
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
