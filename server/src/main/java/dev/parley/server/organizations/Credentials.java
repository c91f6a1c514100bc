package dev.parley.server.organizations;

import dev.parley.server.platform.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes tokens and signing secrets, and the hash by which a token is known. */
final class Credentials {

    private static final int BYTES = 32;

    private final RandomGenerator random;

    /**
     * Credentials of this much chance.
     *
     * @param random a secure one
     */
    Credentials(RandomGenerator random) {
        this.random = random;
    }

    /** A token of an organization: {@code po_} and 32 random bytes in base64url. */
    String token() {
        return "po_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** A signing secret as Standard Webhooks writes it: {@code whsec_} and 32 random bytes in base64. */
    String signingSecret() {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes());
    }

    /** SHA-256; tokens are random enough to need no more. */
    static byte[] hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
