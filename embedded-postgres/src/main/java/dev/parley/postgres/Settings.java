package dev.parley.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL's settings: those that are forced at each start, and those that an operator may change. */
final class Settings {
    private static final long MB = 1024 * 1024;

    private Settings() {}

    /** On the command line, where no file can undo them. */
    static Map<String, String> forced(boolean durable, int port) {
        String durability = durable ? "on" : "off";
        Map<String, String> forced = new LinkedHashMap<>();
        forced.put("fsync", durability);
        forced.put("full_page_writes", durability);
        forced.put("synchronous_commit", durability);
        forced.put("listen_addresses", "127.0.0.1");
        forced.put("port", Integer.toString(port));
        // Java speaks TCP; a socket file would be one more way in.
        forced.put("unix_socket_directories", "");
        // A crashed backend ends the whole server, and the supervisor starts it: one way to restart. PostgreSQL's own
        // way
        // hangs for good when it is told to stop meanwhile (18.6: it waits for helpers that it never signals).
        forced.put("restart_after_crash", "off");
        // Standard error goes through this process into a file of bounded size.
        forced.put("logging_collector", "off");
        forced.put("log_destination", "stderr");
        // Errors of statements go to the client alone: their text quotes values ("invalid input syntax ...").
        forced.put("log_min_messages", "log");
        forced.put("log_min_error_statement", "panic");
        forced.put("log_error_verbosity", "terse");
        forced.put("log_statement", "none");
        forced.put("log_min_duration_statement", "-1");
        forced.put("log_min_duration_sample", "-1");
        forced.put("log_transaction_sample_rate", "0");
        forced.put("log_parameter_max_length", "0");
        forced.put("log_parameter_max_length_on_error", "0");
        return forced;
    }

    /** Defaults for a small machine that also runs the server; a file of the operator's comes after them. */
    static Map<String, String> defaults(long memoryBytes) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("timezone", "UTC");
        defaults.put("log_timezone", "UTC");
        defaults.put("password_encryption", "scram-sha-256");
        // Pools of one server and its tools, with room for several nodes.
        defaults.put("max_connections", "100");
        // An eighth of the memory: the server needs its own, and the system caches files too.
        defaults.put("shared_buffers", megabytes(memoryBytes / 8, 128, 1024));
        defaults.put("effective_cache_size", megabytes(memoryBytes / 2, 512, 8192));
        defaults.put("work_mem", "8MB");
        defaults.put("maintenance_work_mem", "128MB");
        // The most it can use; 3% of few shared_buffers would be too little for grouped writes.
        defaults.put("wal_buffers", "16MB");
        // Fewer checkpoints, so fewer full page images; bounds recovery after a crash to some seconds.
        defaults.put("max_wal_size", "2GB");
        // Keeps segments for reuse instead of removing and making them.
        defaults.put("min_wal_size", "256MB");
        // Short statements only: compiling them costs more than it saves.
        defaults.put("jit", "off");
        // One slow list must not take every core from the hot path.
        defaults.put("max_parallel_workers_per_gather", "0");
        // Data lies on solid state disks today.
        defaults.put("random_page_cost", "1.1");
        // Queue tables change all the time: look often, before dead rows slow the claims down.
        defaults.put("autovacuum_naptime", "15s");
        defaults.put("autovacuum_vacuum_scale_factor", "0.05");
        defaults.put("autovacuum_analyze_scale_factor", "0.05");
        return defaults;
    }

    /** Refuses what {@link #forced} decides. */
    static void check(Map<String, String> further) {
        for (String name : forced(true, 1).keySet()) {
            if (further.containsKey(name)) {
                throw new IllegalArgumentException(
                        "setting: " + name + " (expected: another one; this one is forced and cannot be changed)");
            }
        }
    }

    /** As lines of a configuration file. */
    static String file(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        return text.toString();
    }

    /** As arguments of a command. */
    static List<String> arguments(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }

    private static String megabytes(long bytes, long least, long most) {
        return Math.clamp(bytes / MB, least, most) + "MB";
    }
}
