package dev.parley.server.platform.settings;

import java.time.Duration;

/** What one caller, and all together, may ask of a node. Immutable. */
public record LoadSettings(Requests requests) {

    /**
     * How often may be asked, at each node.
     *
     * @param perOrganization requests a second of all its tokens; 0 for any number
     * @param perToken requests a second; 0 for any number
     * @param burst for so long a rate may be saved up
     */
    public record Requests(int perOrganization, int perToken, Duration burst) {}

    static LoadSettings of(SettingValues values) {
        return new LoadSettings(new Requests(
                values.get(LoadKeys.ORGANIZATION_RATE),
                values.get(LoadKeys.TOKEN_RATE),
                values.get(LoadKeys.REQUEST_BURST)));
    }
}
