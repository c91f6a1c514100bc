package dev.parley.simulator.whatsapp;

import dev.parley.simulator.callbacks.LaneSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one business number behaves.
 *
 * @param phoneNumberId Graph's id of the number
 * @param wabaId the WhatsApp Business Account
 * @param displayPhoneNumber the number as callbacks print it
 * @param accessToken the one token that may send; null for any
 * @param messagesPerSecond over this, 130429; 0 for no limit
 * @param pairLimit whether 45 messages and then one per 6 s to the same person is the limit (131056)
 * @param window whether the 24-hour window is kept
 * @param statuses what is called back for each send, in this order
 * @param delays when, counted from acceptance; as many as statuses
 * @param lane how it is posted
 */
public record NumberSettings(
        String phoneNumberId,
        String wabaId,
        String displayPhoneNumber,
        @Nullable String accessToken,
        int messagesPerSecond,
        boolean pairLimit,
        WindowRule window,
        List<String> statuses,
        List<Duration> delays,
        LaneSettings lane) {

    /** The id alone; the rest is secret or private. */
    @Override
    public String toString() {
        return "NumberSettings[" + phoneNumberId + "]";
    }
}
