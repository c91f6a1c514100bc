package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From accepting to the provider's door, at a fixed rate and at the highest that is kept up with, beside peers that take messages by
 * HTTP. All are up all the time, and measured in turns.
 */
final class HandoverBench {

    static final String USAGE = "usage: bench/run handover [--rate MESSAGES PER SECOND] [--seconds N] [--rounds N]"
            + " [--threads N] [--most N, the highest rate tried; 0 for none]"
            + "\nPeers are measured where they are: Kannel (Debian and Ubuntu: apt-get install kannel) and ActiveMQ Classic"
            + " (./mvnw -f bench/peers dependency:copy-dependencies).";

    private static final int WARM_SECONDS = 10;
    private static final int STEP_SECONDS = 8;
    private static final double STEP = 1.3;
    private static final int PATIENCE_SECONDS = 120;
    /** At the end of a rate that is kept up with no more than this is still on its way. */
    private static final long BEHIND_MICROS = 1_000_000;

    private final Path home;
    private final Path work;
    private int rate = 500;
    private int seconds = 20;
    private int rounds = 3;
    private int threads = 5000;
    private int most = 20_000;

    private HandoverBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        HandoverBench bench = new HandoverBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work);
                FastDoor door = FastDoor.open()) {
            bench.measure(children, door);
        }
    }

    private void option(String name, String value) {
        int number = Integer.parseInt(value);
        switch (name) {
            case "--rate" -> rate = number;
            case "--seconds" -> seconds = number;
            case "--rounds" -> rounds = number;
            case "--threads" -> threads = number;
            case "--most" -> most = number;
            default -> throw new IllegalArgumentException("unknown");
        }
        if (rate < 1 || seconds < 1 || rounds < 1 || threads < 1) {
            throw new IllegalArgumentException("too few");
        }
    }

    /**
     * One load.
     *
     * @param late messages that were not there after the patience, or not accepted
     * @param behind microseconds from when the last request was due until the last message was accepted and there
     * @param door microseconds from when each request was due until its message was at the door
     */
    record Run(LoadResult accepted, int late, long behind, Spread door, Side.Used used, int messages) {

        boolean keptUp() {
            return late == 0 && behind < BEHIND_MICROS;
        }
    }

    private void measure(Children children, FastDoor door) throws Exception {
        BenchOptions options = BenchOptions.world(home, work, threads, 5000);
        World world = World.start(options, children);
        try (FloorDatabase database = FloorDatabase.of(World.data(options), children)) {
            world.door(door.url());
            world.sending(true);
            List<Side> sides = new ArrayList<>(List.of(new ParleySide(world, database)));
            List<String> missing = new ArrayList<>();
            KannelSide.start(work, children, door)
                    .ifPresentOrElse(sides::add, () -> missing.add("Kannel (apt-get install kannel)"));
            ActiveMqSide.start(home, work, children)
                    .ifPresentOrElse(
                            sides::add,
                            () -> missing.add("ActiveMQ Classic (./mvnw -f bench/peers dependency:copy-dependencies)"));
            HandoverReport report = new HandoverReport(sides, missing);
            Conditions.machine();
            report.promises();
            steady(sides, door, report);
            for (Side side : sides) {
                if (most > 0) {
                    highest(side, door, report);
                }
            }
        }
    }

    private void steady(List<Side> sides, FastDoor door, HandoverReport report) throws Exception {
        List<List<Run>> runs = new ArrayList<>();
        for (Side side : sides) {
            runs.add(new ArrayList<>());
            load(side, door, WARM_SECONDS, rate);
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < sides.size(); i++) {
                int which = (i + round) % sides.size();
                runs.get(which).add(load(sides.get(which), door, seconds, rate));
            }
        }
        report.steady(rate, seconds, runs);
    }

    private void highest(Side side, FastDoor door, HandoverReport report) throws Exception {
        Run best = null;
        int kept = 0;
        int failed = 0;
        for (int next = rate; next <= most && failed < 2; ) {
            Run run = load(side, door, STEP_SECONDS, next);
            if (run.keptUp()) {
                best = run;
                kept = next;
                failed = 0;
                next = (int) (next * STEP);
            } else {
                // Once more: something else may have used the machine.
                failed++;
            }
        }
        report.highest(side, kept, best);
    }

    private static Run load(Side side, FastDoor door, int seconds, int rate) throws IOException, InterruptedException {
        int messages = rate * seconds;
        door.expect(messages);
        Side.Used before = side.used();
        OpenLoop loop = new OpenLoop(side.traffic(seconds, rate));
        LoadResult accepted = loop.run();
        int there = side.handsOver() ? door.await((int) accepted.answered(), PATIENCE_SECONDS) : messages;
        Side.Used used = side.used().since(before);
        long[] due = loop.due();
        long[] came = side.handsOver() ? door.micros() : loop.answered();
        long last = IntStream.range(0, messages).mapToLong(i -> came[i]).max().orElse(0);
        Spread times = new Spread(IntStream.range(0, messages)
                .filter(i -> came[i] > 0)
                .mapToLong(i -> came[i] - due[i])
                .toArray());
        int late = (int) Math.max(messages - there, accepted.others()) + door.repeated();
        return new Run(accepted, late, last - due[messages - 1], times, used, messages);
    }
}
