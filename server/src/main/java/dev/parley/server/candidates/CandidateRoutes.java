package dev.parley.server.candidates;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.jsonapi.JsonApi;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The paths of candidates, of their statuses and of the users that they are assigned to. */
public final class CandidateRoutes {

    private final JsonApi api;
    private final CandidateService service;
    private final CandidateStatusResource statuses;
    private final UserResource users;

    /**
     * Routes.
     *
     * @param mostStatuses candidate statuses of an organization
     */
    public CandidateRoutes(JsonApi api, Database database, InstantSource clock, Ids ids, int mostStatuses) {
        this.api = api;
        this.service = new CandidateService(database, clock, ids);
        this.statuses =
                new CandidateStatusResource(database, new CandidateStatusService(database, clock, ids, mostStatuses));
        this.users =
                new UserResource(database, new UserService(database, clock, ids), new UserAssignment(database, clock));
    }

    /** All of them. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(api.routes(CandidateType.TYPE, Access.ORGANIZATION, service));
        routes.addAll(api.routes(CandidateStatusType.TYPE, Access.ORGANIZATION, statuses));
        routes.addAll(api.routes(UserType.TYPE, Access.ORGANIZATION, users));
        return routes;
    }
}
