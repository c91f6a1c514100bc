package dev.parley.server.platform.kept;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept, without secrets.
 *
 * @param location of what was made; null for none
 * @param resources that it tells of, so that it goes when one of them is erased
 */
record KeptAnswer(int status, @Nullable String location, byte[] body, List<UUID> resources) {}
