package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes hold, in megabytes of 2^20 bytes. */
final class Memory {

    /** Of the serial collector's generations, and of G1's heap. */
    private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured|heap)\\s.*?used (\\d+)K");

    private Memory() {}

    /** Of a process, as the system sees it: all pages that are in memory, shared ones too. */
    static double residentMegabytes(long pid) throws IOException {
        return kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS:") / 1024.0;
    }

    /** Of a process and those that descend from it; a page that several share counts once in all. */
    static double treeMegabytes(long pid) {
        return ProcessHandle.of(pid).stream()
                        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                        .mapToLong(process -> shared(process.pid()))
                        .sum()
                / 1024.0;
    }

    private static long shared(long pid) {
        try {
            return kilobytes(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long kilobytes(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** Of the objects that are left after a collection. */
    static double liveHeapMegabytes(long pid) throws IOException, InterruptedException {
        ask(pid, "GC.run");
        String heap = ask(pid, "GC.heap_info");
        Matcher found = USED.matcher(heap);
        long kilobytes = 0;
        while (found.find()) {
            kilobytes += Long.parseLong(found.group(1));
        }
        if (kilobytes == 0) {
            throw new IOException("jcmd GC.heap_info tells of no heap: " + heap);
        }
        return kilobytes / 1024.0;
    }

    private static String ask(long pid, String question) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        question)
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + question + ": " + answer);
        }
        return answer;
    }
}
