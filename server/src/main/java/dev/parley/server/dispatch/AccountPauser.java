package dev.parley.server.dispatch;

import java.util.UUID;

/** Pauses an account for a reason that its operator must mend; shown as its {@code statusReason}. */
@FunctionalInterface
public interface AccountPauser {
    void pause(UUID organization, UUID account, String reason);
}
