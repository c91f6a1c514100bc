package dev.parley.simulator.control;

import dev.parley.simulator.callbacks.LaneSettings;
import dev.parley.simulator.callbacks.RetryPlan;
import dev.parley.simulator.callbacks.Target;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.NumberSettings;
import dev.parley.simulator.whatsapp.Numbers;
import dev.parley.simulator.whatsapp.WindowRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a number. */
final class NumberReader {

    private static final String[] MEMBERS = {
        "phoneNumberId",
        "wabaId",
        "displayPhoneNumber",
        "accessToken",
        "appSecret",
        "callbackUrl",
        "messagesPerSecond",
        "pairLimit",
        "enforceWindow",
        "windowRefusal",
        "statuses",
        "delaysMs",
        "batch",
        "gatherMs",
        "inFlight",
        "retryAttempts",
        "retryGapMs",
        "retryMaxGapMs"
    };
    private static final long MAX_DELAY_MILLIS = 86_400_000;

    private final Numbers numbers;

    NumberReader(Numbers numbers) {
        this.numbers = numbers;
    }

    NumberSettings read(byte[] body) {
        Members members = Members.of(body, MEMBERS);
        String id = members.requiredText("phoneNumberId");
        if (!id.matches("[0-9]{1,32}")) {
            throw new BadInputException("phoneNumberId", "expected 1 to 32 digits");
        }
        NumberSettings defaults = numbers.defaults(id);
        List<String> statuses = members.texts("statuses", "sent", "delivered", "read", "played");
        List<String> wanted = statuses == null ? defaults.statuses() : statuses;
        return new NumberSettings(
                id,
                Objects.requireNonNullElse(members.text("wabaId"), id),
                Objects.requireNonNullElse(members.text("displayPhoneNumber"), id),
                members.text("accessToken"),
                (int) members.number("messagesPerSecond", 0, 0, 1_000_000),
                members.flag("pairLimit", false),
                window(members),
                wanted,
                delays(members, wanted.size()),
                lane(members, defaults.lane()));
    }

    private static WindowRule window(Members members) {
        boolean enforce = members.flag("enforceWindow", false);
        String refusal = members.oneOf("windowRefusal", "sync", "sync", "async");
        if (!enforce) {
            return WindowRule.OFF;
        }
        return refusal.equals("sync") ? WindowRule.SYNC : WindowRule.ASYNC;
    }

    private List<Duration> delays(Members members, int count) {
        List<Long> millis = members.numbers("delaysMs", 0, MAX_DELAY_MILLIS);
        if (millis == null) {
            return numbers.delays(count);
        }
        if (millis.size() != count) {
            throw new BadInputException("delaysMs", "expected " + count + " numbers, one for each of statuses");
        }
        return millis.stream().map(Duration::ofMillis).toList();
    }

    private static LaneSettings lane(Members members, LaneSettings defaults) {
        RetryPlan retry = defaults.retry();
        return new LaneSettings(
                target(members),
                (int) members.number("batch", defaults.batch(), 1, 1000),
                millis(members, "gatherMs", defaults.gather()),
                (int) members.number("inFlight", defaults.inFlight(), 1, 256),
                new RetryPlan(
                        (int) members.number("retryAttempts", retry.attempts(), 1, 10_000),
                        millis(members, "retryGapMs", retry.firstGap()),
                        millis(members, "retryMaxGapMs", retry.maxGap())));
    }

    private static Duration millis(Members members, String name, Duration fallback) {
        return Duration.ofMillis(members.number(name, fallback.toMillis(), 0, MAX_DELAY_MILLIS));
    }

    private static @Nullable Target target(Members members) {
        if (!members.has("callbackUrl")) {
            return null;
        }
        URI url = url(members.requiredText("callbackUrl"));
        return new Target(url, members.requiredText("appSecret"));
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException expected) {
            // Answered below, like every other text that is no address.
        }
        throw new BadInputException("callbackUrl", "expected an absolute http or https URL");
    }
}
