/**
 * The one way out for calls on behalf of an organization: channel providers, webhooks, media by URL. {@link
 * dev.parley.server.platform.outbound.OutboundGuard} decides which addresses may be reached, {@link
 * dev.parley.server.platform.outbound.GuardedHttp} reaches no others and tells a call that certainly was not sent from one
 * whose outcome nobody knows.
 */
@NullMarked
package dev.parley.server.platform.outbound;

import org.jspecify.annotations.NullMarked;
