/** Channel accounts: an organization's numbers, pages and bots at the providers. */
@NullMarked
package dev.parley.server.accounts;

import org.jspecify.annotations.NullMarked;
