package dev.parley.connectors.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signatures written as {@code sha256=<lower-case hex of HMAC-SHA256(secret, raw body)>}.
 *
 * <p>Upper-case hex is refused: whoever signs by this rule writes lower case, so another spelling has another author, and
 * with one spelling only a signature is compared as bytes, in constant time, without being decoded first.
 */
public final class HmacSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private HmacSignature() {}

    /** Whether the header signs the body with the secret. Takes the same time wherever a difference lies. */
    public static boolean matches(String secret, byte[] body, @Nullable String header) {
        return header != null
                && !secret.isEmpty()
                && MessageDigest.isEqual(
                        of(secret, body).getBytes(StandardCharsets.US_ASCII), header.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The header's value.
     *
     * @param secret not empty
     */
    public static String of(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether two secrets are equal. Takes the same time wherever a difference lies. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
