/**
 * What a channel connector is: a request in, a sealed result out. A connector translates between Parley and one provider;
 * it holds no state, never retries, never touches the database, and reaches the network only through {@link
 * dev.parley.connector.Outbound}.
 */
@NullMarked
package dev.parley.connector;

import org.jspecify.annotations.NullMarked;
