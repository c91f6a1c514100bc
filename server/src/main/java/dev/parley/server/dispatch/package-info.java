/** From the duty to send to the provider's answer: claim, send, record, retry, rate, doubt. */
@NullMarked
package dev.parley.server.dispatch;

import org.jspecify.annotations.NullMarked;
