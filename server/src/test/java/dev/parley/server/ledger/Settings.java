package dev.parley.server.ledger;

import java.util.HashMap;
import java.util.Map;

/** The settings of servers under test: everything that is waited for is short. */
final class Settings {

    static final String PARTNER_TOKEN = "pp_ledger-test-partner-token-0123456789";
    private static final String SECRET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private Settings() {}

    static Map<String, String> shortWaits() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PARLEY_DISPATCH_CALL_DEADLINE", "1s");
        environment.put("PARLEY_DISPATCH_LEASE", "4s");
        environment.put("PARLEY_DISPATCH_BACK_OFF_FIRST", "100ms");
        environment.put("PARLEY_DISPATCH_BACK_OFF_MAX", "1s");
        environment.put("PARLEY_DOUBT_WAIT", "8s");
        environment.put("PARLEY_OUTBOUND_ALLOW", "127.0.0.0/8");
        environment.put("PARLEY_LOG_LEVEL", "WARN");
        return environment;
    }

    /** For servers that share a database, and so their secrets. */
    static Map<String, String> shared() {
        Map<String, String> environment = shortWaits();
        environment.put("PARLEY_SECRET_KEY", SECRET_KEY);
        environment.put("PARLEY_PARTNER_TOKEN", PARTNER_TOKEN);
        return environment;
    }
}
