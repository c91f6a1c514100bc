package dev.parley.simulator.whatsapp;

import dev.parley.simulator.faults.Effect;
import dev.parley.simulator.faults.FaultRule;
import dev.parley.simulator.faults.Faults;
import dev.parley.simulator.faults.Plan;
import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.whatsapp.MediaShelf.Medium;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Graph's paths for media: {@code POST /<phone-number-id>/media}, {@code GET} and {@code DELETE /<media-id>}, and the URLs
 * that a look-up gives, which live 5 minutes and want the token too (Meta's page "media"). Thread-safe.
 */
public final class MediaApi {

    /** Where the URLs lead. */
    static final String DOWNLOADS = "/whatsapp_business/attachments/";

    private static final Pattern UPLOAD = Pattern.compile("(?:/v\\d+\\.\\d+)?/([^/]+)/media/?");
    private static final Pattern ONE = Pattern.compile("(?:/v\\d+\\.\\d+)?/(\\d{1,30})/?");
    private static final int TOKEN_ERROR = 190;

    private final Numbers numbers;
    private final MediaShelf shelf;
    private final Faults faults;
    private final Pauses pauses;
    private final Wamids ids;

    /** @param service whose trace ids are used */
    public MediaApi(Numbers numbers, MediaShelf shelf, Faults faults, Pauses pauses, SendService service) {
        this.numbers = numbers;
        this.shelf = shelf;
        this.faults = faults;
        this.pauses = pauses;
        this.ids = service.ids();
    }

    /** The answer; null for a call that is about something else. */
    @Nullable
    Reply handle(Call call) throws InterruptedException {
        if (call.path().equals(DOWNLOADS) && call.method().equals("GET")) {
            return download(call);
        }
        Matcher upload = UPLOAD.matcher(call.path());
        if (upload.matches() && call.method().equals("POST")) {
            return upload(call, upload.group(1));
        }
        Matcher one = ONE.matcher(call.path());
        return one.matches() && !call.method().equals("POST") ? one(call, one.group(1)) : null;
    }

    private Reply upload(Call call, String phoneNumberId) throws InterruptedException {
        BusinessNumber number = call.bearer() == null ? null : numbers.forSending(phoneNumberId);
        if (call.bearer() == null || (number != null && !WhatsAppApi.mayUse(number, call.bearer()))) {
            return refuse(GraphError.of(TOKEN_ERROR));
        }
        if (number == null) {
            return refuse(GraphError.unknownObject(call.method(), phoneNumberId));
        }
        Plan plan = faults.plan(FaultRule.UPLOAD, phoneNumberId, "");
        Reply spoiled = spoiled(plan);
        return spoiled == null ? uploaded(phoneNumberId, call, plan) : spoiled;
    }

    private Reply uploaded(String phoneNumberId, Call call, Plan plan) {
        Map<String, Multipart.Part> form = Multipart.read(call.contentType(), call.body());
        Multipart.Part product = form == null ? null : form.get("messaging_product");
        if (product == null || !product.text().equals("whatsapp")) {
            return refuse(GraphError.parameter("The parameter messaging_product is required."));
        }
        Multipart.Part file = Objects.requireNonNull(form).get("file");
        if (file == null || file.contentType() == null) {
            return refuse(GraphError.parameter("The parameter file is required."));
        }
        String problem = MediaTypes.problem(file.contentType());
        if (problem != null) {
            return refuse(GraphError.parameter(problem));
        }
        Medium medium = shelf.put(phoneNumberId, file.contentType(), file.bytes(), false);
        if (plan.has(Effect.AcceptThenCut.class)) {
            return new Reply.Cut();
        }
        return plan.has(Effect.Garbage.class)
                ? SendAnswer.garbage()
                : Reply.json(200, Json.object().put("id", medium.id()));
    }

    private Reply one(Call call, String id) throws InterruptedException {
        if (call.bearer() == null) {
            return refuse(GraphError.of(TOKEN_ERROR));
        }
        Medium medium = shelf.find(id);
        String owner = call.query().get("phone_number_id");
        if (medium == null || (owner != null && !owner.equals(medium.phoneNumberId())) || !mayUse(medium, call)) {
            return refuse(GraphError.unknownObject(call.method(), id));
        }
        if (call.method().equals("DELETE")) {
            shelf.remove(id);
            return Reply.json(200, Json.object().put("success", true));
        }
        Plan plan = faults.plan(FaultRule.LOOK_UP, medium.phoneNumberId(), "");
        Reply spoiled = spoiled(plan);
        return spoiled == null ? Reply.json(200, lookUp(medium, plan)) : spoiled;
    }

    private ObjectNode lookUp(Medium medium, Plan plan) {
        return Json.object()
                .put("messaging_product", "whatsapp")
                .put("url", shelf.url(medium))
                .put("mime_type", medium.mimeType())
                .put("sha256", plan.has(Effect.WrongHash.class) ? MediaShelf.sha256(new byte[] {1}) : medium.sha256())
                .put("file_size", medium.bytes().length)
                .put("id", medium.id());
    }

    private Reply download(Call call) throws InterruptedException {
        if (call.bearer() == null) {
            return Reply.html(401, "<html><body>Unauthorized</body></html>");
        }
        Medium medium = shelf.at(call.query().get("hash"));
        if (medium == null || !mayUse(medium, call)) {
            return Reply.html(404, "<html><body>URL signature expired</body></html>");
        }
        Plan plan = faults.plan(FaultRule.DOWNLOAD, medium.phoneNumberId(), "");
        Reply spoiled = spoiled(plan);
        if (spoiled != null) {
            return spoiled;
        }
        var answer = new Reply.Answer(200, medium.mimeType(), content(medium, plan));
        return plan.has(Effect.AcceptThenCut.class) ? new Reply.Broken(answer, medium.bytes().length / 2) : answer;
    }

    private static byte[] content(Medium medium, Plan plan) {
        if (!plan.has(Effect.WrongHash.class) || medium.bytes().length == 0) {
            return medium.bytes();
        }
        byte[] other = medium.bytes().clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    private @Nullable Reply spoiled(Plan plan) throws InterruptedException {
        Effect.Slow slow = plan.find(Effect.Slow.class);
        if (slow != null) {
            pauses.pause(slow.millis());
        }
        if (plan.has(Effect.CutBefore.class)) {
            return new Reply.Cut();
        }
        Effect.Http http = plan.find(Effect.Http.class);
        if (http != null) {
            return SendAnswer.gateway(http.status());
        }
        Effect.Refuse error = plan.find(Effect.Refuse.class);
        return error == null ? null : refuse(GraphError.of(error.code(), error.status(), error.details()));
    }

    private boolean mayUse(Medium medium, Call call) {
        BusinessNumber number = numbers.find(medium.phoneNumberId());
        return number == null || WhatsAppApi.mayUse(number, call.bearer());
    }

    private Reply refuse(GraphError error) {
        return error.reply(ids.trace());
    }
}
