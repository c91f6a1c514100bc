package dev.parley.server.platform.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes queries as the server does, for the tests of what reads them. */
public final class DecodedUris {

    private DecodedUris() {}

    /** The parameters; null where the server answers that the query cannot be decoded. */
    public static @Nullable List<QueryParameter> query(String raw) {
        return PercentDecoder.query(raw);
    }
}
