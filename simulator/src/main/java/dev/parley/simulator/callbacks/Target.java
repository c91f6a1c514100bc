package dev.parley.simulator.callbacks;

import java.net.URI;

/**
 * Where callbacks go.
 *
 * @param url the server's callback URL
 * @param appSecret the key of the signature
 */
public record Target(URI url, String appSecret) {

    /** Without the URL and the secret. */
    @Override
    public String toString() {
        return "Target";
    }
}
