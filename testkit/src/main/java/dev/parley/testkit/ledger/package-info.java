/**
 * What a ledger test is made of: servers in processes of their own that can be killed, customers that write down only what
 * was acknowledged, a provider that misbehaves, and the comparison of both books at the end.
 */
@NullMarked
package dev.parley.testkit.ledger;

import org.jspecify.annotations.NullMarked;
