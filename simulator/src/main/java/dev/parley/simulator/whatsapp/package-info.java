/** The WhatsApp Cloud API: sends, errors, callback bodies, numbers, rates and the customer-service window. */
@NullMarked
package dev.parley.simulator.whatsapp;

import org.jspecify.annotations.NullMarked;
