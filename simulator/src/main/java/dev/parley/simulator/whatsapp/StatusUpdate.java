package dev.parley.simulator.whatsapp;

import dev.parley.simulator.ledger.CallbackRecord;
import dev.parley.simulator.ledger.LedgerEntry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A status of an accepted send.
 *
 * @param entry the send
 * @param status {@code sent}, {@code delivered}, {@code read} or {@code failed}
 * @param failure why it failed, null for the other statuses
 * @param withReference whether {@code biz_opaque_callback_data} is echoed
 * @param clock tells when the status came to be
 */
record StatusUpdate(
        LedgerEntry entry, String status, ErrorTable.@Nullable Row failure, boolean withReference, InstantSource clock)
        implements WhatsAppUpdate {

    private static final int FIXED_BYTES = 700;
    private static final int ESCAPED = 6;

    @Override
    public int estimatedBytes() {
        String opaque = entry.accepted().opaque();
        return FIXED_BYTES + (opaque == null ? 0 : ESCAPED * opaque.length());
    }

    @Override
    public void posted(int attempt, int answer) {
        entry.note(new CallbackRecord(status, attempt, Micros.now(clock), answer));
    }
}
