package dev.parley.postgres;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What {@link PostgresServer#start} needs to know. Begin with {@link #in} and change what differs.
 *
 * @param folder holds everything: rows, password, log; one process at a time
 * @param binaries where the unpacked binaries are kept; may be shared by several folders and processes
 * @param durable whether commits survive a crash of the machine; only tests may say no
 * @param settings further PostgreSQL settings by name; those that durability and privacy rest on are refused
 * @param progress told in plain words what a start is doing
 * @param listener told of each change of state, from the thread that watches the database: it must not block
 * @param delays waits between restarts of a database that died
 * @param startWait the longest time a start may take, recovery after a crash included
 * @param stopWait how long a clean stop may take before the database is stopped hard (which loses nothing: it recovers)
 * @param random makes the password and picks the port; must be secure outside of tests
 * @param clock tells how long the database has been running
 */
public record PostgresOptions(
        Path folder,
        Path binaries,
        boolean durable,
        Map<String, String> settings,
        Consumer<String> progress,
        Consumer<PostgresState> listener,
        RestartDelays delays,
        Duration startWait,
        Duration stopWait,
        RandomGenerator random,
        InstantSource clock) {

    /** Copies the settings and makes the folders absolute. */
    public PostgresOptions {
        folder = folder.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
    }

    /** Durable, silent, with everything, binaries included, in {@code folder}. */
    public static PostgresOptions in(Path folder) {
        return new PostgresOptions(
                folder,
                folder.resolve("binaries"),
                true,
                Map.of(),
                step -> {},
                state -> {},
                RestartDelays.DEFAULT,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                new SecureRandom(),
                InstantSource.system());
    }

    /** With the binaries kept elsewhere. */
    public PostgresOptions withBinaries(Path cache) {
        return new PostgresOptions(
                folder, cache, durable, settings, progress, listener, delays, startWait, stopWait, random, clock);
    }

    /** Without fsync: faster, and lost when the machine crashes. For tests only. */
    public PostgresOptions notDurable() {
        return new PostgresOptions(
                folder, binaries, false, settings, progress, listener, delays, startWait, stopWait, random, clock);
    }

    /** With further PostgreSQL settings. */
    public PostgresOptions withSettings(Map<String, String> further) {
        return new PostgresOptions(
                folder, binaries, durable, further, progress, listener, delays, startWait, stopWait, random, clock);
    }

    /** With somebody to tell what a start is doing. */
    public PostgresOptions withProgress(Consumer<String> told) {
        return new PostgresOptions(
                folder, binaries, durable, settings, told, listener, delays, startWait, stopWait, random, clock);
    }

    /** With somebody to tell of changes of state. */
    public PostgresOptions withListener(Consumer<PostgresState> told) {
        return new PostgresOptions(
                folder, binaries, durable, settings, progress, told, delays, startWait, stopWait, random, clock);
    }

    /** With other waits between restarts. */
    public PostgresOptions withDelays(RestartDelays other) {
        return new PostgresOptions(
                folder, binaries, durable, settings, progress, listener, other, startWait, stopWait, random, clock);
    }

    /** With other limits on starting and stopping. */
    public PostgresOptions withWaits(Duration start, Duration stop) {
        return new PostgresOptions(
                folder, binaries, durable, settings, progress, listener, delays, start, stop, random, clock);
    }
}
