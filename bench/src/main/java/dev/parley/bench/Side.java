package dev.parley.bench;

import java.io.IOException;

/** Something that takes messages by HTTP, and what it costs. */
interface Side {

    String name();

    /** Version and what an accepted message is worth. */
    String promise();

    /** Whether it hands on to {@link FastDoor}; else it only accepts. */
    boolean handsOver();

    /** Messages, numbered from 0, at that rate. */
    Traffic traffic(int seconds, int rate) throws IOException;

    /** Processor time so far. */
    Used used() throws IOException;

    /**
     * Processor time in milliseconds.
     *
     * @param server of the program itself
     * @param database of its database, where that is another
     */
    record Used(double server, double database) {

        Used since(Used before) {
            return new Used(server - before.server, database - before.database);
        }
    }
}
