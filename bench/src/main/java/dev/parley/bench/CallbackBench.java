package dev.parley.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Statuses that providers call back, against few and against many stored messages, in turns. */
final class CallbackBench {

    static final String USAGE =
            "usage: bench/run callbacks [--messages N,N…] [--statuses N, of a round] [--batch STATUSES A CALLBACK]"
                    + " [--rounds N] [--large, at the end: 10 million messages too]";

    private static final int LARGE = 10_000_000;
    /** A message of the history is reported as delivered, then as read. */
    private static final int STATUSES_OF_ONE = 2;

    private final Path home;
    private final Path work;
    private List<Integer> sizes = List.of(10_000, 1_000_000);
    private int statuses = 3000;
    private int batch = 10;
    private int rounds = 3;

    private CallbackBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        CallbackBench bench = new CallbackBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work);
                FastDoor door = FastDoor.open()) {
            bench.measure(children, door);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--messages" ->
                sizes = Stream.of(value.split(",")).map(Integer::valueOf).toList();
            case "--statuses" -> statuses = Integer.parseInt(value);
            case "--batch" -> batch = Integer.parseInt(value);
            case "--rounds" -> rounds = Integer.parseInt(value);
            case "--large" ->
                sizes = Stream.concat(sizes.stream(), Stream.of(LARGE)).toList();
            default -> throw new IllegalArgumentException("unknown");
        }
        // Two of three messages are outbound; that there are enough is known when they are made.
        if (sizes.stream().anyMatch(size -> size < 10_000) || batch < 1 || rounds < 1) {
            throw new IllegalArgumentException("too few");
        }
    }

    /** One round warms up. */
    private int picked() {
        return (rounds + 1) * statuses / STATUSES_OF_ONE;
    }

    private void measure(Children children, FastDoor door) throws Exception {
        List<StatusLoad> loads = new ArrayList<>();
        try {
            for (int size : sizes) {
                Library library = Library.start(home, work.resolve("data-" + size), size, children);
                loads.add(StatusLoad.of(library, door, batch));
            }
            Conditions.print(loads.getFirst().library().database());
            System.out.println(
                    "Parley promises with each 200: the callback's updates are committed and flushed; applied is what is counted.");
            System.out.printf(
                    Locale.ROOT,
                    "%nSigned callbacks of %d statuses each, %d at a time, by the provider's id alone: delivered, then read; from the first"
                            + " request until all are applied. Medians of %d rounds of %,d statuses in turns.%n",
                    batch,
                    StatusLoad.CONNECTIONS,
                    rounds,
                    statuses);
            for (SentMessages.Of which : SentMessages.Of.values()) {
                print(which, rounds(loads, which));
            }
        } finally {
            for (StatusLoad load : loads) {
                load.library().close();
            }
        }
    }

    /** By size. */
    private List<List<StatusLoad.Round>> rounds(List<StatusLoad> loads, SentMessages.Of which) throws Exception {
        List<StatusLoad> ready = new ArrayList<>();
        List<List<StatusLoad.Round>> all = new ArrayList<>();
        for (StatusLoad load : loads) {
            ready.add(load.on(which, picked()));
            all.add(new ArrayList<>());
        }
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < ready.size(); i++) {
                ready.get(i).library().database().checkpoint();
                StatusLoad.Round measured = ready.get(i).round(round, statuses / STATUSES_OF_ONE);
                if (round > 0) {
                    all.get(i).add(measured);
                }
            }
        }
        return all;
    }

    private void print(SentMessages.Of which, List<List<StatusLoad.Round>> all) {
        System.out.printf(Locale.ROOT, "%nOn messages: %s.%n%n", which);
        System.out.println(
                "| stored messages | to the fewest | statuses/s | processor ms a status: server + database | a callback's answer: p50"
                        + " ms | p99 |");
        System.out.println("|---:|---:|---:|---:|---:|---:|");
        double fewest = StatusLoad.Round.median(all.getFirst(), StatusLoad.Round::perSecond);
        for (int i = 0; i < all.size(); i++) {
            List<StatusLoad.Round> of = all.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.2f | %,.0f | %.3f + %.3f | %.1f | %.1f |%n",
                    sizes.get(i),
                    StatusLoad.Round.median(of, StatusLoad.Round::perSecond) / fewest,
                    StatusLoad.Round.median(of, StatusLoad.Round::perSecond),
                    StatusLoad.Round.median(of, StatusLoad.Round::server),
                    StatusLoad.Round.median(of, StatusLoad.Round::database),
                    StatusLoad.Round.median(of, round -> round.answers().at(0.5) / 1e6),
                    StatusLoad.Round.median(of, round -> round.answers().at(0.99) / 1e6));
        }
    }
}
