/** WhatsApp through Meta's Cloud API (Graph). */
@NullMarked
package dev.parley.connectors.whatsapp;

import org.jspecify.annotations.NullMarked;
