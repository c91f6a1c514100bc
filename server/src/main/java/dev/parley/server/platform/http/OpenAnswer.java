package dev.parley.server.platform.http;

/**
 * The body of an answer that goes on for as long as both sides want, without a thread of its own. One of both methods is called,
 * once.
 */
public interface OpenAnswer {

    /** The headers are set; from now on the body may be written, by any thread. It must not block. */
    void open(Outlet outlet);

    /** Nothing will be written: the request was a HEAD, or was answered otherwise since. */
    void abandon();
}
