package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.ProviderError;
import dev.parley.connector.ProviderTemplate;
import dev.parley.connector.RouteKey;
import dev.parley.connector.TemplateDraft;
import dev.parley.connector.TemplateProvider;
import dev.parley.connector.TemplateStatus;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The templates of a WhatsApp Business account: {@code /{version}/{waba-id}/message_templates}. Source: Meta's page "template
 * management".
 */
final class WhatsAppTemplates implements TemplateProvider {

    private static final String NO_SENSE = "the answer is neither what was asked for nor an error of WhatsApp's";
    private static final String FIELDS =
            "id,name,language,status,category,components,parameter_format,quality_score,rejected_reason";
    private static final String PAGE = "100";
    private static final int MAX_COMPONENTS = 65_536;
    private static final int OK = 200;

    /** A page of 100 templates, each with 64 KiB at most, is rarely over a tenth of this. */
    private static final int ANSWER_LIMIT = 8 * 1024 * 1024;

    /** Of code 100: there is content in this language already, and there is no such template. */
    private static final String EXISTS = "2388024";

    private static final String NOT_FOUND = "2593002";

    private final WhatsAppErrors errors;

    WhatsAppTemplates(WhatsAppErrors errors) {
        this.errors = errors;
    }

    @Override
    public RouteKey owner(AccountSettings account) {
        String business = account.find(WhatsAppSettings.BUSINESS_ACCOUNT_ID);
        return new RouteKey(WhatsAppConnector.ROUTE_BUSINESS, business == null ? "" : business);
    }

    @Override
    public Created create(TemplateDraft draft, AccountSettings account, Outbound outbound, Duration deadline) {
        ObjectNode body = Json.object();
        body.put("name", draft.name()).put("language", draft.language()).put("category", draft.category());
        body.put("parameter_format", draft.named() ? "NAMED" : "POSITIONAL");
        body.set("components", Json.read(draft.components()));
        Outbound.Call call = GraphCall.post(account, path(account), body, deadline);
        if (call == null) {
            return new Created.Refused(errors.local("settings"));
        }
        return switch (outbound.call(call)) {
            case Exchange.NotSent notSent -> new Created.NotSent(notSent.reason());
            case Exchange.Unknown unknown -> new Created.Unknown(unknown.reason());
            case Exchange.Answer answer -> created(answer);
        };
    }

    private Created created(Exchange.Answer answer) {
        JsonNode json = read(answer);
        String id = Texts.id(Json.text(json, "id"));
        String word = Json.text(json, "status");
        TemplateStatus status = word == null ? null : TemplateWords.status(word.toUpperCase(Locale.ROOT));
        if (answer.status() == OK && id != null) {
            String category = Json.text(json, "category");
            return new Created.Submitted(
                    id,
                    status == null ? TemplateStatus.PENDING : status,
                    category == null ? null : TemplateWords.word(category));
        }
        ProviderError error = errors.find(json.path("error"), null);
        if (error == null) {
            return new Created.Unknown(NO_SENSE);
        }
        return EXISTS.equals(subcode(json)) ? new Created.Exists(error) : new Created.Refused(error);
    }

    @Override
    public Listed list(
            @Nullable String name,
            @Nullable String after,
            AccountSettings account,
            Outbound outbound,
            Duration deadline) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fields", FIELDS);
        query.put("limit", PAGE);
        if (name != null) {
            query.put("name", name);
        }
        if (after != null) {
            query.put("after", after);
        }
        Outbound.Call call = GraphCall.of("GET", account, path(account), query, ANSWER_LIMIT, deadline);
        if (call == null) {
            return new Listed.Refused(errors.local("settings"));
        }
        return switch (outbound.call(call)) {
            case Exchange.NotSent notSent -> new Listed.Failed(notSent.reason());
            case Exchange.Unknown unknown -> new Listed.Failed(unknown.reason());
            case Exchange.Answer answer -> listed(answer);
        };
    }

    private Listed listed(Exchange.Answer answer) {
        JsonNode json = read(answer);
        if (answer.status() != OK || !json.path("data").isArray()) {
            ProviderError error = errors.find(json.path("error"), null);
            return error == null ? new Listed.Failed(NO_SENSE) : new Listed.Refused(error);
        }
        List<ProviderTemplate> templates = new ArrayList<>();
        for (JsonNode one : json.path("data")) {
            ProviderTemplate template = template(one);
            if (template != null) {
                templates.add(template);
            }
        }
        // Graph gives an "after" on the last page, too; only "next" says that there is more.
        JsonNode paging = json.path("paging");
        return new Listed.Page(templates, paging.has("next") ? Json.text(paging.path("cursors"), "after") : null);
    }

    private static @Nullable ProviderTemplate template(JsonNode one) {
        String id = Texts.id(Json.text(one, "id"));
        String name = Json.text(one, "name");
        String language = TemplateWords.language(Json.text(one, "language"));
        String category = Json.text(one, "category");
        String components = Json.write(one.path("components"));
        if (id == null
                || name == null
                || language == null
                || !one.path("components").isArray()
                || components.length() > MAX_COMPONENTS) {
            return null;
        }
        String word = Json.text(one, "status");
        TemplateStatus status = word == null ? null : TemplateWords.status(word.toUpperCase(Locale.ROOT));
        String quality = Json.text(one.path("quality_score"), "score");
        return new ProviderTemplate(
                id,
                TemplateWords.name(name),
                language,
                category == null ? "" : TemplateWords.word(category),
                "NAMED".equalsIgnoreCase(Json.text(one, "parameter_format")),
                components,
                status == null ? TemplateWords.otherStatus(word) : status,
                TemplateWords.reason(Json.text(one, "rejected_reason")),
                quality == null ? null : TemplateWords.word(quality));
    }

    @Override
    public Deleted delete(
            String name, String providerId, AccountSettings account, Outbound outbound, Duration deadline) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("hsm_id", providerId);
        query.put("name", name);
        Outbound.Call call = GraphCall.of("DELETE", account, path(account), query, ANSWER_LIMIT, deadline);
        if (call == null) {
            return new Deleted.Refused(errors.local("settings"));
        }
        return switch (outbound.call(call)) {
            case Exchange.NotSent notSent -> new Deleted.Unknown(notSent.reason());
            case Exchange.Unknown unknown -> new Deleted.Unknown(unknown.reason());
            case Exchange.Answer answer -> deleted(answer);
        };
    }

    private Deleted deleted(Exchange.Answer answer) {
        JsonNode json = read(answer);
        if (answer.status() == OK && json.path("success").booleanValue(false)) {
            return new Deleted.Done();
        }
        ProviderError error = errors.find(json.path("error"), null);
        if (error == null) {
            return new Deleted.Unknown(NO_SENSE);
        }
        return NOT_FOUND.equals(subcode(json)) ? new Deleted.Done() : new Deleted.Refused(error);
    }

    private static @Nullable String subcode(JsonNode json) {
        return Json.text(json.path("error"), "error_subcode");
    }

    private static JsonNode read(Exchange.Answer answer) {
        JsonNode json = Json.read(answer.body());
        return json == null ? Json.object() : json;
    }

    private static List<String> path(AccountSettings account) {
        String business = account.find(WhatsAppSettings.BUSINESS_ACCOUNT_ID);
        return List.of(business == null ? "" : business, "message_templates");
    }
}
