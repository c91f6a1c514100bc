/** What several connectors need: reading JSON of strangers without surprises, signatures, times. Holds no state. */
@NullMarked
package dev.parley.connectors.support;

import org.jspecify.annotations.NullMarked;
