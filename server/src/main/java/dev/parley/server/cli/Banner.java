package dev.parley.server.cli;

import dev.parley.server.platform.settings.DatabaseUrl;
import dev.parley.server.platform.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What somebody at a terminal is told once a server is ready. Plain ASCII, and never a partner token. */
final class Banner {

    private Banner() {}

    static String of(Root.Running running, Settings settings, Duration took) {
        Path data = settings.data().toAbsolutePath().normalize();
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%nParley is ready (%.1f s).%n%n", took.toMillis() / 1000.0));
        row(text, "API", running.url() + "/public/v2");
        row(text, "its description", running.url() + "/openapi.yaml");
        row(text, "health, metrics", running.managementUrl() + "/health/ready, /metrics");
        row(text, "data", data.toString());
        DatabaseUrl database = settings.database().url();
        row(text, "database", database == null ? "embedded, in the data folder" : database.toString());
        row(text, "partner token", partnerToken(running, settings, data));
        Root.Seeded seeded = running.seeded();
        if (seeded != null) {
            row(text, "simulator", seeded.simulatorUrl().toString());
            text.append(DemoTour.of(running, seeded));
        }
        return text.append("\nStop with Ctrl+C.\n").toString();
    }

    private static String partnerToken(Root.Running running, Settings settings, Path data) {
        if (settings.partnerToken() != null) {
            return "as set";
        }
        return "in the file " + data.resolve("partner-token") + (running.newPartnerToken() == null ? "" : " (new)");
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-16s %s%n", name, value));
    }
}
