package dev.parley.server.platform.settings;

import static dev.parley.server.platform.settings.SettingKey.setting;
import static dev.parley.server.platform.settings.ValueTypes.duration;
import static dev.parley.server.platform.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import java.util.List;

/** Settings of what one caller, and all together, may ask for. */
final class LoadKeys {

    static final SettingKey<Integer> ORGANIZATION_RATE = setting(
            "limits.organizationRequestsPerSecond",
            wholeNumber(0, 1_000_000),
            "0",
            "Requests a second that all tokens of one organization may make together, at each node; more are answered 429."
                    + " 0 for any number.");
    static final SettingKey<Integer> TOKEN_RATE = setting(
            "limits.tokenRequestsPerSecond",
            wholeNumber(0, 1_000_000),
            "0",
            "Requests a second with one token of an organization, at each node; more are answered 429. 0 for any number.");
    static final SettingKey<Duration> REQUEST_BURST = setting(
            "limits.requestBurst",
            duration("1s", "10m"),
            "10s",
            "Requests that were not made for so long may be made at once, on top of these rates.");

    static final List<SettingSection> SECTIONS =
            List.of(new SettingSection("Limits of callers", List.of(ORGANIZATION_RATE, TOKEN_RATE, REQUEST_BURST)));

    private LoadKeys() {}
}
