/** The database: connections, transactions, group writing, migrations and the database's clock. Knows no feature. */
@NullMarked
package dev.parley.server.platform.db;

import org.jspecify.annotations.NullMarked;
