package dev.parley.server.platform.settings;

/** The least severe log lines that are written, most severe first. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
