package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Webhooks: how many deliveries a second reach their endpoints, and how long an event takes from its commit to a receiver. Each
 * event (a candidate that is made) goes to every endpoint, so with more endpoints fewer events make as many deliveries.
 */
final class WebhookBench {

    static final String USAGE =
            "usage: bench/run webhooks [--endpoints N,N…] [--deliveries N] [--rate DELIVERIES PER SECOND]"
                    + " [--seconds N] [--hanging PERCENT]";

    private static final int CLIENTS = 16;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    private final Path home;
    private final Path work;
    private List<Integer> endpoints = List.of(1, 100, 1000);
    private int deliveries = 20_000;
    private int rate = 300;
    private int seconds = 20;
    private int hanging = 10;

    private WebhookBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        WebhookBench bench = new WebhookBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work);
                HookReceiver receiver = HookReceiver.start()) {
            bench.measure(children, receiver);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--endpoints" ->
                endpoints =
                        Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
            case "--deliveries" -> deliveries = Integer.parseInt(value);
            case "--rate" -> rate = Integer.parseInt(value);
            case "--seconds" -> seconds = Integer.parseInt(value);
            case "--hanging" -> hanging = Integer.parseInt(value);
            default -> throw new IllegalArgumentException("unknown");
        }
    }

    private void measure(Children children, HookReceiver receiver) throws Exception {
        Launcher launcher =
                new Launcher(home.resolve("parley"), work.resolve("data"), Launcher.WITHOUT_CACHE, children);
        Launcher.Server server = launcher.serve(
                "server", "--outbound-allow", "127.0.0.0/8", "--limits-webhooks-per-organization", "1000");
        System.out.printf(
                "%n%-10s %-8s %14s %28s%n", "endpoints", "hanging", "deliveries/s", "at a steady rate: p50, p99 ms");
        for (int count : endpoints) {
            line(launcher, server, receiver, count, 0);
        }
        line(launcher, server, receiver, endpoints.getLast() >= 100 ? 100 : endpoints.getLast(), hanging);
        System.out.printf(
                Locale.ROOT,
                "%nEach event goes to every endpoint; at the steady rate, about %d deliveries a second for %d s, from the answer that"
                        + " says the event is committed until a receiver that answers has it. The last line is of the endpoints that"
                        + " answer. Server, database, receivers and this program share the processors; load %s%n",
                rate,
                seconds,
                Conditions.load());
    }

    private void line(Launcher launcher, Launcher.Server server, HookReceiver receiver, int count, int percent)
            throws Exception {
        // An organization of its own, so that each line begins with nothing to do.
        Launcher.Organization made = launcher.organization("Bench");
        ApiClient api = new ApiClient(server.api(), made.token());
        int silent = count * percent / 100;
        for (int i = 0; i < count; i++) {
            String path = (i < silent ? HookReceiver.HANGING : "/" + made.id() + "/") + i;
            api.create(
                    "/webhooks",
                    "webhooks",
                    Map.of("resource", "candidates", "event", "create", "webhookUrl", receiver.url() + path));
        }
        int answering = count - silent;
        drain(api, receiver, 2000 / count + 1, answering, 0);
        double perSecond = drain(api, receiver, deliveries / count, answering, 0);
        int events = Math.max(20, rate * seconds / count);
        drain(api, receiver, events, answering, TimeUnit.SECONDS.toNanos(seconds) / events);
        Spread delays = receiver.delays();
        System.out.printf(
                Locale.ROOT,
                "%-10d %-8d %,14.0f %15.1f, %.1f%n",
                count,
                silent,
                perSecond,
                delays.at(0.5) / 1000.0,
                delays.at(0.99) / 1000.0);
    }

    /**
     * Makes events and waits until all of their deliveries are there.
     *
     * @param pace nanoseconds between two events; 0 for as fast as {@link #CLIENTS} clients can
     * @return deliveries a second, from the first request to the last delivery
     */
    private static double drain(ApiClient api, HookReceiver receiver, int events, int answering, long pace)
            throws Exception {
        int expected = events * answering;
        receiver.expect(events, expected);
        long start = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                all.add(clients.submit(() -> {
                    for (int e = next.getAndIncrement(); e < events; e = next.getAndIncrement()) {
                        LockSupport.parkNanos(start + e * pace - System.nanoTime());
                        make(api, receiver, e);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        while (receiver.taken() < expected && System.nanoTime() - start < PATIENCE) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (receiver.taken() != expected) {
            throw new IOException(receiver.taken() + " deliveries came of " + expected);
        }
        return expected * 1e9 / (receiver.lastAt() - start);
    }

    private static void make(ApiClient api, HookReceiver receiver, int event) throws IOException, InterruptedException {
        api.create("/candidates", "candidates", Map.of("phone", "+31612345678", "lastName", "e" + event));
        receiver.committed(event, System.nanoTime());
    }
}
