/** The connectors that come with Parley, one package per provider. They depend on each other in nothing. */
@NullMarked
package dev.parley.connectors;

import org.jspecify.annotations.NullMarked;
