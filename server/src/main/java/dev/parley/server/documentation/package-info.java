/** The OpenAPI document, and the page that shows it. */
@NullMarked
package dev.parley.server.documentation;

import org.jspecify.annotations.NullMarked;
