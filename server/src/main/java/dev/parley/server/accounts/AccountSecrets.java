package dev.parley.server.accounts;

import java.util.function.Function;

/**
 * What is done with the secret settings of accounts, all with the server's secret key. Thread-safe functions.
 *
 * @param sealer encrypts a text
 * @param opener decrypts what {@code sealer} made
 * @param fingerprint keyed hash of a text, by which two secrets are compared without either
 */
public record AccountSecrets(
        Function<String, byte[]> sealer, Function<byte[], String> opener, Function<String, byte[]> fingerprint) {}
