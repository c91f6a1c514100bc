package dev.parley.server.platform.build;

import org.jspecify.annotations.Nullable;

/** Which release this is. */
public final class Version {

    private Version() {}

    /** From the jar's manifest; {@code development} when run from classes. */
    public static String current() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
