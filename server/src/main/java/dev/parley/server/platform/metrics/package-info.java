/** What operators watch: metrics in Prometheus' form, and health. Knows no HTTP server. */
@NullMarked
package dev.parley.server.platform.metrics;

import org.jspecify.annotations.NullMarked;
