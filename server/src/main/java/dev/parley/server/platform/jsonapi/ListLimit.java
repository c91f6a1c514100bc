package dev.parley.server.platform.jsonapi;

import java.time.Duration;

/** How long a statement of a list may take: what the call that this thread answers was given, else the default. */
final class ListLimit {

    static final Duration DEFAULT = Duration.ofSeconds(5);

    private static final ScopedValue<Duration> GIVEN = ScopedValue.newInstance();

    private ListLimit() {}

    /** Makes a call that answers with that limit. */
    static JsonApi.Call within(Duration most, JsonApi.Call call) {
        return context -> ScopedValue.where(GIVEN, most).call(() -> call.answer(context));
    }

    static Duration current() {
        return GIVEN.isBound() ? GIVEN.get() : DEFAULT;
    }
}
