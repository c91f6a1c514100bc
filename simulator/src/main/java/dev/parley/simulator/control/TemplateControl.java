package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.Template;
import dev.parley.simulator.whatsapp.TemplateApi;
import dev.parley.simulator.whatsapp.TemplateCallbacks;
import dev.parley.simulator.whatsapp.TemplateReview;
import dev.parley.simulator.whatsapp.Templates;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/templates}: what happens to templates at Meta, with or without the callback that tells of it. */
public final class TemplateControl {

    private static final int WAIT_SECONDS = 15;
    private static final int MAX_COUNT = 1000;
    private static final String[] EVENTS = {
        "APPROVED",
        "PENDING",
        "REJECTED",
        "PAUSED",
        "DISABLED",
        "FLAGGED",
        "REINSTATED",
        "ARCHIVED",
        "UNARCHIVED",
        "IN_APPEAL",
        "PENDING_DELETION",
        "DELETED",
        "LOCKED",
        "LIMIT_EXCEEDED"
    };

    private final Templates templates;
    private final TemplateApi api;
    private final TemplateCallbacks callbacks;

    /** @param callbacks tell of what happens */
    public TemplateControl(Templates templates, TemplateApi api, TemplateCallbacks callbacks) {
        this.templates = templates;
        this.api = api;
        this.callbacks = callbacks;
    }

    /** The templates of {@code ?wabaId=…}, as Graph lists them. */
    Reply list(Call call) {
        QueryReader.known(call.query(), "wabaId");
        ObjectNode body = Json.object();
        var list = body.putArray("templates");
        templates.of(call.query().getOrDefault("wabaId", "")).forEach(template -> list.add(template.json()));
        return Reply.json(200, body);
    }

    /** Templates made elsewhere; no rule is asked. With {@code count}, names end in {@code _1}, {@code _2} … */
    Reply make(Call call) {
        Members members = Members.of(
                call.body(),
                "wabaId",
                "name",
                "language",
                "category",
                "named",
                "body",
                "components",
                "status",
                "count");
        int count = (int) members.number("count", 1, 1, MAX_COUNT);
        ObjectNode body = Json.object();
        var ids = body.putArray("ids");
        for (int n = 1; n <= count; n++) {
            String suffix = members.has("count") ? "_" + n : "";
            var draft = new Templates.Draft(
                    members.requiredText("wabaId"),
                    members.requiredText("name") + suffix,
                    Objects.requireNonNullElse(members.text("language"), "en_US"),
                    Objects.requireNonNullElse(members.text("category"), "UTILITY"),
                    members.flag("named", false),
                    TemplateReader.components(members));
            ids.add(templates
                    .put(draft, members.oneOf("status", "APPROVED", EVENTS))
                    .id());
        }
        return Reply.json(200, body);
    }

    /** Takes one away without a callback, as if it had been deleted at Meta. */
    Reply delete(Call call) {
        Members members = Members.of(call.body(), "wabaId", "name", "language");
        templates.delete(named(members), true);
        return Reply.json(200, Json.object().put("success", true));
    }

    /**
     * Changes one and tells of it: {@code event} (a review, a pause …), {@code quality}, {@code category} or {@code components};
     * with {@code callback} false nobody is told.
     */
    Reply change(Call call) throws InterruptedException {
        Members members = Members.of(
                call.body(),
                "wabaId",
                "name",
                "language",
                "event",
                "reason",
                "title",
                "quality",
                "category",
                "body",
                "components",
                "callback",
                "wait");
        Template before = named(members);
        Template after = templates.change(before, one -> changed(one, members));
        boolean tell = members.flag("callback", true);
        CompletableFuture<Integer> told =
                tell ? tell(before, after == null ? before : after, members) : CompletableFuture.completedFuture(0);
        ObjectNode body = Json.object().put("success", true);
        if (members.flag("wait", false)) {
            body.put("answer", await(told));
        }
        return Reply.json(200, body);
    }

    /** What becomes of templates that are made from now on, and what goes wrong. */
    Reply settings(Call call) {
        Members members = Members.of(call.body(), "review", "delayMs", "fault", "faultOn", "faultCount");
        String fault = members.text("fault") == null
                ? null
                : members.oneOf("fault", "cutBefore", "cutBefore", "cutAfter", "gateway", "rateLimit");
        api.review(new TemplateReview(
                TemplateReview.Mode.valueOf(members.oneOf("review", "manual", "manual", "approve", "reject")
                        .toUpperCase(Locale.ROOT)),
                Duration.ofMillis(members.number("delayMs", 0, 0, 600_000)),
                fault == null
                        ? null
                        : TemplateReview.Fault.valueOf(
                                fault.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT)),
                members.oneOf("faultOn", "create", "create", "list", "delete"),
                (int) members.number("faultCount", 1, 1, 1_000_000)));
        return Reply.json(200, Json.object().put("success", true));
    }

    /** Forgets all templates and settings. */
    void reset() {
        templates.clear();
        api.review(TemplateReview.MANUAL);
    }

    private Template named(Members members) {
        Template found = templates.find(
                members.requiredText("wabaId"),
                members.requiredText("name"),
                Objects.requireNonNullElse(members.text("language"), "en_US"));
        if (found == null) {
            throw new BadInputException("name", "no such template in this account and language");
        }
        return found;
    }

    private static Template changed(Template template, Members members) {
        Template changed = template;
        if (members.has("event")) {
            String event = members.oneOf("event", "", EVENTS);
            String reason = Objects.requireNonNullElse(members.text("reason"), "NONE");
            String status = switch (event) {
                case "FLAGGED", "LOCKED" -> template.status();
                case "REINSTATED", "UNARCHIVED" -> "APPROVED";
                default -> event;
            };
            changed = changed.reviewed(status, reason);
        }
        return TemplateReader.edited(changed, members);
    }

    private CompletableFuture<Integer> tell(Template before, Template after, Members members) {
        CompletableFuture<Integer> told = CompletableFuture.completedFuture(0);
        if (members.has("event")) {
            String event = members.requiredText("event");
            told = callbacks.status(after, event, members.text("reason"), members.text("title"), Duration.ZERO);
        }
        if (members.has("quality")) {
            told = callbacks.quality(after, before.quality());
        }
        if (members.has("category")) {
            told = callbacks.category(after, before.category());
        }
        if (members.has("components") || members.has("body")) {
            told = callbacks.components(after);
        }
        return told;
    }

    private static int await(CompletableFuture<Integer> told) throws InterruptedException {
        try {
            return told.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a callback could not be posted", e.getCause());
        }
    }
}
