package dev.parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Accepts and whole lives as one thing after the other grows, all sizes of it up at the same time and measured in turns. */
final class GrowthBench {

    static final String USAGE =
            "usage: bench/run growth [--only organizations,threads,endpoints,history,nodes] [--sizes N,N…, of the"
                    + " only one] [--rounds N] [--seconds N, of accepts] [--rate LIVES PER SECOND] [--life-seconds N]"
                    + " [--large, at the end: a history of 10 million too]";

    private final Path home;
    private final Path work;
    private Set<Grown> only = EnumSet.allOf(Grown.class);
    private List<Integer> sizes = List.of();
    private int rounds = 3;
    private int seconds = 8;
    private int rate = 200;
    private int lifeSeconds = 15;
    private boolean large;

    private GrowthBench(Path home, Path work) {
        this.home = home;
        this.work = work;
    }

    static void run(Path home, Path work, List<String> arguments) throws Exception {
        GrowthBench bench = new GrowthBench(home, work);
        Arguments.read(arguments, USAGE, bench::option);
        for (Grown grown : bench.only) {
            bench.measure(grown);
        }
    }

    private void option(String name, String value) {
        switch (name) {
            case "--only" -> {
                only = EnumSet.noneOf(Grown.class);
                Stream.of(value.split(","))
                        .map(one -> Grown.valueOf(one.toUpperCase(Locale.ROOT)))
                        .forEach(only::add);
            }
            case "--sizes" ->
                sizes = Stream.of(value.split(",")).map(Integer::valueOf).toList();
            case "--rounds" -> rounds = Integer.parseInt(value);
            case "--seconds" -> seconds = Integer.parseInt(value);
            case "--rate" -> rate = Integer.parseInt(value);
            case "--life-seconds" -> lifeSeconds = Integer.parseInt(value);
            case "--large" -> large = true;
            default -> throw new IllegalArgumentException("unknown");
        }
        if (rounds < 1 || seconds < 1 || rate < 1 || lifeSeconds < 1 || (!sizes.isEmpty() && only.size() != 1)) {
            throw new IllegalArgumentException("not so");
        }
    }

    private void measure(Grown grown) throws Exception {
        List<Integer> wanted = sizes.isEmpty() ? grown.sizes(large) : sizes;
        List<GrowthWorld> worlds = new ArrayList<>();
        Path folder = Files.createDirectories(work.resolve(grown.word()));
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        try (Children children = new Children(work);
                HookReceiver receiver = HookReceiver.start()) {
            try {
                for (int size : wanted) {
                    System.err.println("* making " + grown.word() + ": " + size);
                    Path own = Files.createDirectories(folder.resolve(Integer.toString(size)));
                    worlds.add(GrowthWorld.make(home, own, grown, size, rate, children, receiver));
                }
                Conditions.print(worlds.getFirst().database());
                table(grown, wanted, worlds);
            } finally {
                for (GrowthWorld world : worlds) {
                    world.close();
                }
            }
        }
    }

    private void table(Grown grown, List<Integer> wanted, List<GrowthWorld> worlds) throws Exception {
        List<List<GrowthWorld.Lives>> lives = new ArrayList<>();
        List<List<GrowthWorld.Accepts>> accepts = new ArrayList<>();
        for (GrowthWorld world : worlds) {
            lives.add(new ArrayList<>());
            accepts.add(new ArrayList<>());
            world.lives(rate, lifeSeconds);
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < worlds.size(); i++) {
                lives.get(i).add(worlds.get(i).lives(rate, lifeSeconds));
            }
        }
        for (GrowthWorld world : worlds) {
            world.pause();
            world.accepts(seconds);
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < worlds.size(); i++) {
                accepts.get(i).add(worlds.get(i).accepts(seconds));
            }
        }
        GrowthReport.print(grown, wanted, rounds, rate, lifeSeconds, accepts, lives);
    }
}
