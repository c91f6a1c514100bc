package dev.parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lists of few and of many messages: the same requests to servers of their own, each with one organization of that many messages,
 * in turns, so that what else the machine does meets all alike.
 */
final class ReadsBench {

    static final String USAGE = "usage: bench/run reads [--messages N,N…] [--requests N] [--writes N]"
            + "\nThen the last of them again, quiet and while N messages a second are accepted (200; 0 leaves this out)."
            + "\nThe default is 10000 and 10000000 messages, which takes some 20 GB of disk and half an hour.";

    /** What one question may take of the time of each size; the rest of its requests is left out. */
    private static final long MOST_NANOS = 15_000_000_000L;

    private static final int FEWEST = 5;

    /** So long compilers take a good part of two processors. */
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private final Path home;
    private final Path work;
    private List<Integer> sizes = List.of(10_000, 10_000_000);
    private int requests = 1000;
    private int writes = 200;

    private ReadsBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        ReadsBench bench = new ReadsBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        try (Children children = new Children(work)) {
            bench.measure(children);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--messages" ->
                sizes = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
            case "--requests" -> requests = Integer.parseInt(value);
            case "--writes" -> writes = Integer.parseInt(value);
            default -> throw new IllegalArgumentException("unknown");
        }
        if (sizes.stream().anyMatch(size -> size < 10_000) || requests < 1 || writes < 0) {
            throw new IllegalArgumentException("too few");
        }
    }

    private void measure(Children children) throws Exception {
        List<Library> libraries = new ArrayList<>();
        List<List<ReadQuestion>> questions = new ArrayList<>();
        try {
            for (int size : sizes) {
                Library library = Library.start(home, work.resolve("data-" + size), size, children);
                libraries.add(library);
                questions.add(ReadQuestions.of(library));
            }
            warmUp(libraries, questions);
            ReadsReport report = ReadsReport.sizes(sizes);
            for (int row = 0; row < questions.getFirst().size(); row++) {
                List<ReadsReport.Times> times = ask(libraries, questions, row, requests);
                report.row(questions.getFirst().get(row).name(), times);
            }
            if (writes > 0) {
                askBesideWrites(libraries.getLast(), questions.getLast());
            }
            report.end();
        } finally {
            for (Library library : libraries) {
                library.close();
            }
        }
    }

    /** Each question in turns, without and with others who write. */
    private void askBesideWrites(Library library, List<ReadQuestion> questions) throws Exception {
        List<Library> one = List.of(library);
        List<List<ReadQuestion>> its = List.of(questions);
        Path threads = library.openThreads(work.resolve("threads"));
        ReadsReport report = ReadsReport.besideWrites(library.messages(), writes);
        double least = writes;
        for (int row = 0; row < questions.size(); row++) {
            List<ReadsReport.Times> times = new ArrayList<>(ask(one, its, row, requests));
            try (WriteLoad load = new WriteLoad(library.traffic(threads, writes))) {
                ask(one, its, row, FEWEST);
                times.addAll(ask(one, its, row, requests));
                least = Math.min(least, load.end());
            }
            report.row(questions.get(row).name(), times);
        }
        System.out.printf("%nAt least %.0f messages a second were accepted meanwhile.%n", least);
    }

    /** Code is compiled and pages are read before anything counts. */
    private static void warmUp(List<Library> libraries, List<List<ReadQuestion>> questions) throws Exception {
        long end = System.nanoTime() + WARM_UP.toNanos();
        do {
            for (int row = 0; row < questions.getFirst().size(); row++) {
                ask(libraries, questions, row, ReadQuestions.SAMPLES);
            }
        } while (System.nanoTime() < end);
    }

    private static List<ReadsReport.Times> ask(
            List<Library> libraries, List<List<ReadQuestion>> questions, int row, int requests) throws Exception {
        List<ReadsReport.Times> all = new ArrayList<>();
        for (int i = 0; i < libraries.size(); i++) {
            all.add(new ReadsReport.Times(
                    libraries.get(i).total(questions.get(i).get(row).path(0))));
        }
        for (int n = 0; n < requests; n++) {
            for (int i = 0; i < libraries.size(); i++) {
                ReadsReport.Times times = all.get(i);
                if (n < FEWEST || times.sum() < MOST_NANOS) {
                    libraries.get(i).time(questions.get(i).get(row).path(n), times);
                }
            }
        }
        return all;
    }
}
