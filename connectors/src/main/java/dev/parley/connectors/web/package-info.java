/** Web chat without a provider: the customer's own site shows and takes the messages. */
@NullMarked
package dev.parley.connectors.web;

import org.jspecify.annotations.NullMarked;
