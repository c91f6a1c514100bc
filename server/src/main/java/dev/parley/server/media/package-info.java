/**
 * Files that messages carry: taken in, stored once per content and organization, handed to providers and got from them, given
 * to those who may see them, and removed with the last message that names them.
 */
@NullMarked
package dev.parley.server.media;

import org.jspecify.annotations.NullMarked;
