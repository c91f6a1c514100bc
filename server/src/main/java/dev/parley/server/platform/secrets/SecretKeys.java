package dev.parley.server.platform.secrets;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** The master secret key: 32 random bytes written in base64; what is used is derived from it (HKDF, RFC 5869). */
public final class SecretKeys {

    private static final int LENGTH = 32;

    private SecretKeys() {}

    /** A new key, in base64. */
    public static String make(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The 32 bytes of a key written in base64 or base64url.
     *
     * @throws IllegalArgumentException when it is something else; the text names the rule, not the value
     */
    public static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException(rule());
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(rule());
        }
        return bytes;
    }

    static SecretKey derive(byte[] master, String algorithm, String use) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(master)
                    .thenExpand(use.getBytes(java.nio.charset.StandardCharsets.US_ASCII), LENGTH);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    private static String rule() {
        return "must be 32 bytes in base64; make one with: head -c 32 /dev/urandom | base64";
    }
}
