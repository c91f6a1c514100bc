package dev.parley.server.wiring;

import dev.parley.server.platform.secrets.DataFolder;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretBox;
import dev.parley.server.platform.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** What is made of the secret key. */
record Keys(SecretBox box) {

    /** The key of the settings, else the one in the data folder, made when there is none. */
    static Keys open(Settings settings, DataFolder folder) {
        SecureRandom random = new SecureRandom();
        Secret given = settings.secretKey();
        Secret key = given == null ? folder.secretKey(random).secret() : given;
        return new Keys(new SecretBox(key, random));
    }

    byte[] seal(String text) {
        return box.seal(text);
    }

    String open(byte[] sealed) {
        return box.open(sealed);
    }

    /** A keyed hash, for comparing without opening. */
    byte[] fingerprint(String text) {
        return box.fingerprint(text).getBytes(StandardCharsets.US_ASCII);
    }
}
