package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.HttpAnswer;
import java.util.UUID;

/** What a relation leads to, as resources: {@code /messages/{id}/message-thread}. Thread-safe. */
final class RelatedCalls {

    private final Relation relation;
    private final Relatives relatives;
    private final Answers answers;

    RelatedCalls(Relation relation, Relatives relatives, Answers answers) {
        this.relation = relation;
        this.relatives = relatives;
        this.answers = answers;
    }

    HttpAnswer get(RequestContext context) throws Exception {
        return relatives.from(context, (from, target) -> {
            if (relation instanceof Relation.ToMany many) {
                return target.calls().list(context, Relatives.criterion(many, target, from));
            }
            UUID linked = Relatives.linked(context, relation, from);
            return target.calls().get(context, linked, include -> none(context, include != null));
        });
    }

    private HttpAnswer none(RequestContext context, boolean compound) {
        return answers.document(context, RelationshipDocuments.none(answers.documents(), compound));
    }
}
