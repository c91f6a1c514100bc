package dev.parley.server.organizations;

import java.util.UUID;

/**
 * An organization just made, with what is shown once.
 *
 * @param token to call as it
 * @param signingSecret to check its webhooks with
 */
public record Made(UUID id, String token, String signingSecret) {

    /** The id alone. */
    @Override
    public String toString() {
        return id.toString();
    }
}
