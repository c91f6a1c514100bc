package dev.parley.server.wiring;

import dev.parley.server.platform.secrets.DataFolder;
import dev.parley.server.platform.secrets.MadeSecret;
import dev.parley.server.platform.settings.Settings;
import java.net.URI;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** A running server. */
public final class ParleyServer implements AutoCloseable {

    private final Settings settings;
    private final @Nullable String newPartnerToken;

    private ParleyServer(Settings settings, @Nullable String newPartnerToken) {
        this.settings = settings;
        this.newPartnerToken = newPartnerToken;
    }

    /** Starts everything; returns when requests are answered. */
    public static ParleyServer start(Settings settings, StartProgress progress) {
        progress.step("opening the data folder");
        DataFolder folder = DataFolder.open(settings.data());
        if (settings.partnerToken() != null) {
            return new ParleyServer(settings, null);
        }
        MadeSecret token = folder.partnerToken(new SecureRandom());
        return new ParleyServer(settings, token.justMade() ? token.secret().reveal() : null);
    }

    /** Where the API is reached. */
    public URI url() {
        return URI.create(
                "http://" + settings.listen().host() + ":" + settings.listen().port());
    }

    /** Where health and metrics are reached. */
    public URI managementUrl() {
        return URI.create("http://" + settings.listen().managementHost() + ":"
                + settings.listen().managementPort());
    }

    /** The partner token when this start made it, else null. */
    public @Nullable String newPartnerToken() {
        return newPartnerToken;
    }

    /** Finishes what is under way, then stops everything. */
    @Override
    public void close() {}
}
