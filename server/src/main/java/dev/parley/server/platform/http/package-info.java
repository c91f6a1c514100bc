/**
 * The HTTP edge: routes, limits, deadlines and who is calling. Knows no feature and no resource; what a refusal looks
 * like on the wire is told to it by a {@link dev.parley.server.platform.http.FailureRenderer}.
 */
@NullMarked
package dev.parley.server.platform.http;

import org.jspecify.annotations.NullMarked;
