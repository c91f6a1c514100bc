/** The HTTP edge on Jetty: a call in, a reply (or a cut connection) out. Knows nothing of any provider. */
@NullMarked
package dev.parley.simulator.http;

import org.jspecify.annotations.NullMarked;
