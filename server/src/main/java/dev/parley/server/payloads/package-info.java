/**
 * What a message can say: for each kind of payload one class that reads what a caller wrote, tells what a channel must be able
 * to do for it, and gives it to a connector. Knows no other feature.
 */
@NullMarked
package dev.parley.server.payloads;

import org.jspecify.annotations.NullMarked;
