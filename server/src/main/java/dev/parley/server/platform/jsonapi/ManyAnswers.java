package dev.parley.server.platform.jsonapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes what came of many resources: {@code meta.results}, one for each, in order. */
final class ManyAnswers {

    private final Documents documents;
    private final ResourceWriter writer;

    private ManyAnswers(Documents documents, ResourceWriter writer) {
        this.documents = documents;
        this.writer = writer;
    }

    static byte[] write(
            Documents documents,
            ResourceWriter writer,
            List<WriteResult> results,
            List<? extends Collection<String>> ignored) {
        ManyAnswers answers = new ManyAnswers(documents, writer);
        return documents.write(out -> {
            out.writeObjectPropertyStart("meta");
            out.writeArrayPropertyStart("results");
            for (int i = 0; i < results.size(); i++) {
                answers.one(out, results.get(i), ignored.get(i), i);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private void one(JsonGenerator out, WriteResult result, Collection<String> ignored, int index) {
        switch (result) {
            case WriteResult.Created(Resource resource) -> resource(out, 201, resource, ignored);
            case WriteResult.Existing(Resource resource) -> resource(out, 200, resource, ignored);
            case WriteResult.Updated(Resource resource) -> resource(out, 200, resource, ignored);
            case WriteResult.Deleted() -> resource(out, 204, null, ignored);
            case WriteResult.Missing() ->
                problems(out, List.of(Problem.of(ProblemCode.NOT_FOUND, "It was deleted since.")), index);
            case WriteResult.Stale() -> problems(out, List.of(Answers.STALE), index);
            case WriteResult.Refused(List<Problem> problems) -> problems(out, problems, index);
            case WriteResult.Busy busy -> problems(out, List.of(busy.problem()), index);
            case WriteResult.Replayed(WriteResult first) -> one(out, first, ignored, index);
            case WriteResult.Kept kept -> throw new IllegalStateException("one of many has no answer of its own");
        }
    }

    private void resource(JsonGenerator out, int status, @Nullable Resource resource, Collection<String> ignored) {
        out.writeStartObject();
        out.writeNumberProperty("status", status);
        if (resource != null) {
            out.writeName("data");
            writer.write(out, resource, Map.of());
        }
        documents.ignored(out, ignored);
        out.writeEndObject();
    }

    private void problems(JsonGenerator out, List<Problem> problems, int index) {
        out.writeStartObject();
        out.writeNumberProperty("status", Documents.status(problems));
        documents.errors(
                out,
                problems.stream().map(problem -> Many.placed(problem, index)).toList());
        out.writeEndObject();
    }
}
