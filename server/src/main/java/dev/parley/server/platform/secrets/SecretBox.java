package dev.parley.server.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts what the server stores but must read again (account secrets), with AES-256-GCM. A sealed value is one byte
 * for the key's number, 12 random bytes, then the ciphertext with its 16-byte tag; the key's number is authenticated too.
 * Safe for use by many threads.
 */
public final class SecretBox {

    private static final byte KEY_NUMBER = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;

    private final SecretKey sealKey;
    private final SecretKey fingerprintKey;
    private final SecureRandom random;

    /**
     * @param secretKey 32 bytes in base64, see {@link SecretKeys}
     * @throws IllegalArgumentException when it is not that
     */
    public SecretBox(Secret secretKey, SecureRandom random) {
        byte[] master = SecretKeys.decode(secretKey.reveal());
        this.sealKey = SecretKeys.derive(master, "AES", "parley seal 1");
        this.fingerprintKey = SecretKeys.derive(master, "HmacSHA256", "parley fingerprint 1");
        this.random = random;
    }

    /** Encrypts; the same text gives another result each time. */
    public byte[] seal(String clearText) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, KEY_NUMBER, nonce).doFinal(clearText.getBytes(UTF_8));
            return ByteBuffer.allocate(1 + NONCE_LENGTH + encrypted.length)
                    .put(KEY_NUMBER)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt with AES-256-GCM", e);
        }
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws CannotOpenException when it was made with another secret key, or was changed since
     */
    public String open(byte[] sealed) {
        if (sealed.length < 1 + NONCE_LENGTH + TAG_LENGTH || sealed[0] != KEY_NUMBER) {
            throw new CannotOpenException();
        }
        ByteBuffer in = ByteBuffer.wrap(sealed);
        byte number = in.get();
        byte[] nonce = new byte[NONCE_LENGTH];
        in.get(nonce);
        byte[] encrypted = new byte[in.remaining()];
        in.get(encrypted);
        try {
            return new String(cipher(Cipher.DECRYPT_MODE, number, nonce).doFinal(encrypted), UTF_8);
        } catch (GeneralSecurityException e) {
            // The cause says nothing more than "tag mismatch", and must not carry bytes into a log.
            throw new CannotOpenException();
        }
    }

    /**
     * A keyed digest (HMAC-SHA-256, 64 hexadecimal digits) by which two stored secrets are compared without decrypting
     * either. The same text and secret key give the same fingerprint.
     */
    public String fingerprint(String clearText) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprintKey);
            return HexFormat.of().formatHex(mac.doFinal(clearText.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private Cipher cipher(int mode, byte keyNumber, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealKey, new GCMParameterSpec(TAG_LENGTH * 8, nonce));
        cipher.updateAAD(new byte[] {keyNumber});
        return cipher;
    }
}
