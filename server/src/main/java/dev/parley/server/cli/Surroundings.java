package dev.parley.server.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a command line has around it.
 *
 * @param out results: what a script reads
 * @param err errors, progress, logs
 * @param environment the process's environment
 * @param root does the work
 * @param stop tells when to stop
 */
record Surroundings(PrintStream out, PrintStream err, Map<String, String> environment, Root root, StopSignal stop) {}
