package dev.parley.server.messages;

import java.util.UUID;

/** Is told that an account has something to send. A hint: who misses it finds the work a second later. */
@FunctionalInterface
public interface DutyListener {
    void hasWork(UUID organization, UUID account);
}
