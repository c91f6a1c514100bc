package dev.parley.simulator.callbacks;

import org.jspecify.annotations.Nullable;

/** How a callback is signed: rightly, or wrongly on purpose. */
public enum Signing {
    /** With the number's app secret. */
    VALID,
    /** With another secret. */
    WRONG,
    /** Not at all: the header is left out. */
    NONE;

    @Nullable
    String header(String appSecret, byte[] body) {
        return switch (this) {
            case VALID -> Signature.of(appSecret, body);
            case WRONG -> Signature.of(appSecret + "-wrong", body);
            case NONE -> null;
        };
    }
}
