package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a feature does with its resource. Only the methods that the declaration names are called. All run on virtual
 * threads, many at once, and may block.
 */
public interface ResourceHandler {

    /** More to check than the declaration can say; called with what of a write is valid, even when something isn't. */
    default List<Problem> validate(Write draft, boolean creating) {
        return List.of();
    }

    /** One page. */
    default Page list(Caller caller, ListQuery query) throws Exception {
        throw new UnsupportedOperationException("list");
    }

    /** One resource. */
    default Found get(Caller caller, UUID id) throws Exception {
        throw new UnsupportedOperationException("get");
    }

    /**
     * Whether a write has to be outside of any transaction, because somebody else is asked on the way. What it demands of the state
     * ({@link RequestContext#precondition}) is looked at before; the handler itself looks again where it holds the lock. It can't
     * be one of several operations.
     *
     * @param write null for DELETE
     */
    default boolean apart(ResourceType.Method method, @Nullable Write write) {
        return false;
    }

    /** POST. */
    default WriteResult create(Caller caller, Write write, RequestContext context) throws Exception {
        throw new UnsupportedOperationException("create");
    }

    /** PATCH. */
    default WriteResult update(Caller caller, UUID id, Write write, RequestContext context) throws Exception {
        throw new UnsupportedOperationException("update");
    }

    /**
     * A change of a relationship to many by itself: of what is linked at this moment, whoever else changes it at the same time.
     * What the relationship may hold at most holds afterwards, too.
     *
     * @return {@link WriteResult.Updated} also where nothing changed
     */
    default WriteResult relate(Caller caller, UUID id, LinkageChange change, RequestContext context) throws Exception {
        throw new UnsupportedOperationException("relate");
    }

    /** DELETE. */
    default WriteResult delete(Caller caller, UUID id, RequestContext context) throws Exception {
        throw new UnsupportedOperationException("delete");
    }
}
