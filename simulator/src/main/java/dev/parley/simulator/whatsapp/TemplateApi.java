package dev.parley.simulator.whatsapp;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /<waba-id>/message_templates} and {@code /<template-id>}. Thread-safe. */
public final class TemplateApi {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,3})?");
    private static final Set<String> CATEGORIES = Set.of("MARKETING", "UTILITY", "AUTHENTICATION");
    private static final int MAX_NAME = 512;
    private static final int PAGE = 25;
    private static final int MAX_PAGE = 1000;
    private static final int RATE_LIMIT = 80007;

    private final Templates templates;
    private final TemplateCallbacks callbacks;
    private volatile TemplateReview review = TemplateReview.MANUAL;

    /** @param callbacks tell of reviews */
    public TemplateApi(Templates templates, TemplateCallbacks callbacks) {
        this.templates = templates;
        this.callbacks = callbacks;
    }

    /** What becomes of templates that are made from now on. */
    public void review(TemplateReview changed) {
        review = changed;
    }

    /** Answers a call below an account; who may call was checked. */
    Reply handle(Call call, String wabaId, String trace) {
        try {
            return switch (call.method()) {
                case "POST" -> faulty("create", trace, () -> create(wabaId, call));
                case "GET" -> faulty("list", trace, () -> Reply.json(200, list(wabaId, call)));
                case "DELETE" -> faulty("delete", trace, () -> delete(wabaId, call));
                default -> GraphError.unknownObject(call.method(), wabaId).reply(trace);
            };
        } catch (TemplateRefusal refusal) {
            return refusal.reply(trace);
        }
    }

    /** The template with this id, or null. */
    @Nullable
    Template find(String id) {
        return templates.find(id);
    }

    private interface Work {
        Reply run();
    }

    private Reply faulty(String on, String trace, Work work) {
        TemplateReview.Fault fault = strike(on);
        return switch (fault) {
            case null -> work.run();
            case CUT_BEFORE -> new Reply.Cut();
            case CUT_AFTER -> {
                work.run();
                yield new Reply.Cut();
            }
            case GATEWAY -> SendAnswer.gateway(502);
            case RATE_LIMIT -> GraphError.of(RATE_LIMIT).reply(trace);
        };
    }

    private synchronized TemplateReview.@Nullable Fault strike(String on) {
        TemplateReview now = review;
        if (now.fault() == null || now.faultsLeft() == 0 || !now.faultOn().equals(on)) {
            return null;
        }
        review = now.struck();
        return now.fault();
    }

    private Reply create(String wabaId, Call call) {
        Templates.Draft draft = draft(wabaId, call.body());
        TemplateReview now = review;
        boolean rejected = now.mode() == TemplateReview.Mode.REJECT;
        Template made =
                templates.create(draft, rejected ? "REJECTED" : "PENDING", rejected ? "INVALID_FORMAT" : "NONE");
        if (now.mode() == TemplateReview.Mode.APPROVE) {
            Template approved = templates.change(made, one -> one.reviewed("APPROVED", "NONE"));
            CompletableFuture<Integer> _ =
                    callbacks.status(approved == null ? made : approved, "APPROVED", "NONE", null, now.delay());
        }
        ObjectNode answer = Json.object();
        answer.put("id", made.id()).put("status", made.status()).put("category", made.category());
        return Reply.json(200, answer);
    }

    private static Templates.Draft draft(String wabaId, byte[] bytes) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw TemplateRefusal.parameter("The request body is not valid JSON.");
        }
        String name = body.path("name").asString("");
        TemplateRules.length(name, MAX_NAME);
        if (!NAME.matcher(name).matches()) {
            throw TemplateRefusal.parameter("Param name must be lower-case letters, digits and underscores.");
        }
        String language = body.path("language").asString("");
        if (!LANGUAGE.matcher(language).matches()) {
            throw TemplateRefusal.parameter("Param language must be one of the supported languages.");
        }
        String category = body.path("category").asString("").toUpperCase(Locale.ROOT);
        if (!CATEGORIES.contains(category)) {
            throw TemplateRefusal.parameter("Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.");
        }
        boolean named = body.path("parameter_format").asString("").equalsIgnoreCase("NAMED");
        ArrayNode components = TemplateRules.check(body.path("components"), named);
        return new Templates.Draft(wabaId, name, language, category, named, components);
    }

    private ObjectNode list(String wabaId, Call call) {
        Predicate<Template> wanted = template -> matches(call, "status", template.status())
                && matches(call, "name", template.name())
                && matches(call, "language", template.language())
                && matches(call, "category", template.category());
        long after = cursor(call.query().get("after"), 0);
        int limit = limit(call.query().get("limit"));
        List<Template> rest = templates.of(wabaId).stream()
                .filter(wanted)
                .filter(template -> template.sequence() > after)
                .toList();
        List<Template> page = rest.subList(0, Math.min(limit, rest.size()));
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        page.forEach(template -> data.add(template.json()));
        if (!page.isEmpty()) {
            ObjectNode paging = answer.putObject("paging");
            String last = cursor(page.getLast());
            paging.putObject("cursors").put("before", cursor(page.getFirst())).put("after", last);
            if (rest.size() > page.size()) {
                paging.put("next", "https://graph.facebook.com/v26.0/" + wabaId + "/message_templates?after=" + last);
            }
        }
        return answer;
    }

    private Reply delete(String wabaId, Call call) {
        String name = call.query().getOrDefault("name", "");
        String id = call.query().get("hsm_id");
        List<Template> doomed = templates.of(wabaId).stream()
                .filter(template -> template.name().equals(name))
                .filter(template -> id == null || template.id().equals(id))
                .toList();
        if (doomed.isEmpty()) {
            throw new TemplateRefusal(
                    TemplateRefusal.NOT_FOUND, "Message template not found", "There is no such message template.");
        }
        if (doomed.stream().anyMatch(template -> template.status().equals("DISABLED"))) {
            throw TemplateRefusal.parameter("A disabled message template can't be deleted.");
        }
        doomed.forEach(template -> templates.delete(template, false));
        return Reply.json(200, Json.object().put("success", true));
    }

    private static boolean matches(Call call, String parameter, String value) {
        String wanted = call.query().get(parameter);
        return wanted == null || wanted.equalsIgnoreCase(value);
    }

    private static int limit(@Nullable String text) {
        return text == null || !text.matches("[0-9]{1,6}") ? PAGE : Math.clamp(Integer.parseInt(text), 1, MAX_PAGE);
    }

    private static String cursor(Template template) {
        return Base64.getUrlEncoder()
                .encodeToString(Long.toString(template.sequence()).getBytes(StandardCharsets.US_ASCII));
    }

    private static long cursor(@Nullable String text, long none) {
        if (text == null) {
            return none;
        }
        try {
            return Long.parseLong(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw TemplateRefusal.parameter("The cursor is not valid.");
        }
    }
}
