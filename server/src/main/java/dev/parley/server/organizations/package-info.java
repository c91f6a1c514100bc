/**
 * Organizations, who may act for them, and their end: {@code /management/organizations} for the partner,
 * {@code /organizations} for themselves, tokens, signing secrets, removal.
 */
@NullMarked
package dev.parley.server.organizations;

import org.jspecify.annotations.NullMarked;
