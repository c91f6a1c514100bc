package dev.parley.server.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private final String key = SecretKeys.make(RANDOM);
    private final SecretBox box = new SecretBox(new Secret(key), RANDOM);

    @Test
    void opensWhatItSealedAndHidesIt() {
        String text = "EAAG-token \u00e9 \ud83d\ude00";
        byte[] sealed = box.seal(text);
        assertThat(box.open(sealed)).isEqualTo(text);
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("EAAG");
        assertThat(box.open(box.seal(""))).isEmpty();
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(box.seal("x")).isNotEqualTo(box.seal("x"));
    }

    @Test
    void noticesEveryChangedByte() {
        byte[] sealed = box.seal("secret");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> box.open(changed)).isInstanceOf(CannotOpenException.class);
        }
        assertThatThrownBy(() -> box.open(new byte[0])).isInstanceOf(CannotOpenException.class);
        assertThatThrownBy(() -> box.open(new byte[28])).isInstanceOf(CannotOpenException.class);
    }

    @Test
    void anotherKeyOpensNothing() {
        SecretBox other = new SecretBox(new Secret(SecretKeys.make(RANDOM)), RANDOM);
        assertThatThrownBy(() -> other.open(box.seal("secret")))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("secretKey");
    }

    @Test
    void theSameKeyElsewhereOpensAndGivesTheSameFingerprint() {
        SecretBox same = new SecretBox(new Secret(key), RANDOM);
        assertThat(same.open(box.seal("secret"))).isEqualTo("secret");
        assertThat(same.fingerprint("secret"))
                .isEqualTo(box.fingerprint("secret"))
                .matches("[0-9a-f]{64}");
        assertThat(same.fingerprint("Secret")).isNotEqualTo(box.fingerprint("secret"));
        assertThat(new SecretBox(new Secret(SecretKeys.make(RANDOM)), RANDOM).fingerprint("secret"))
                .isNotEqualTo(box.fingerprint("secret"));
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        String short16 = Base64.getEncoder().encodeToString(new byte[16]);
        assertThatThrownBy(() -> new SecretBox(new Secret(short16), RANDOM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> SecretKeys.decode("not base64!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecretNeverPrints() {
        Secret secret = new Secret("hunter22");
        assertThat(secret).hasToString("***").isEqualTo(new Secret("hunter22")).isNotEqualTo(new Secret("hunter23"));
        assertThat(new MadeSecret(secret, true).toString()).doesNotContain("hunter22");
        assertThatThrownBy(() -> new Secret("")).isInstanceOf(IllegalArgumentException.class);
    }
}
