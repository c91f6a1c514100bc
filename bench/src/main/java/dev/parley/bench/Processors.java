package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time of processes, from {@code /proc}. */
final class Processors {

    /** Linux counts in hundredths of a second for programs, whatever it does inside. */
    private static final int MILLIS_PER_TICK = 10;

    private Processors() {}

    /** Milliseconds that a process has used, its ended and waited-for children included; 0 when it is gone. */
    static long millis(long pid) {
        return fields(pid, 14);
    }

    /** The same without any children. */
    static long ofItself(long pid) {
        return fields(pid, 12);
    }

    private static long fields(long pid, int last) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        } catch (IOException gone) {
            return 0;
        }
        // The second field is the name in brackets, which may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = 11; i <= last; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks * MILLIS_PER_TICK;
    }

    /** Of this process and of those that it has started and seen end. */
    static long ownMillis() {
        return millis(ProcessHandle.current().pid());
    }

    /** As {@link #millis}, with the processes that it started. */
    static long treeMillis(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process -> millis(process.pid()))
                .sum();
    }
}
