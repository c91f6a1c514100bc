package dev.parley.server.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. Blocks; safe for use by many threads at once. */
@FunctionalInterface
public interface HostLookup {

    /** As the operating system does it. */
    HostLookup SYSTEM = InetAddress::getAllByName;

    /** All addresses of a name or of a literal, at least one. */
    InetAddress[] addressesOf(String host) throws UnknownHostException;
}
