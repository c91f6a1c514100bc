package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A call of a partner for the organization that the path names.
 *
 * @param organizations whether there is one of that id
 */
record OrganizationCalls(JsonApi.Call call, Predicate<UUID> organizations, Answers answers) implements JsonApi.Call {

    @Override
    public HttpAnswer answer(RequestContext context) throws Exception {
        UUID id = Uuids.parse(context.call().pathParameter("organizationId"));
        if (id == null || !organizations.test(id)) {
            return answers.refused(context, Problem.notFound("organizations"));
        }
        context.actFor(id);
        return call.answer(context);
    }
}
