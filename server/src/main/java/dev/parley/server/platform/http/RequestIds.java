package dev.parley.server.platform.http;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of each request: the caller's own where it is a sane one, else a new one. */
final class RequestIds {

    static final String HEADER = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    private final Supplier<String> fresh;

    RequestIds(Supplier<String> fresh) {
        this.fresh = fresh;
    }

    String of(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches() ? sent : fresh.get();
    }
}
