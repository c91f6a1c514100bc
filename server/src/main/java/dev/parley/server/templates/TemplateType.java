package dev.parley.server.templates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Quick;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;
import java.util.List;

/** The declaration of message templates. */
final class TemplateType {

    static final String NAME = "name";
    static final String LANGUAGE = "language";
    static final String CATEGORY = "category";
    static final String COMPONENTS = "components";
    static final String PREVIEW = "preview";

    private static final int MAX_PREVIEW = 4096;
    private static final String STATUS = "status";
    private static final String CREATED_AT = "createdAt";
    private static final List<String> CATEGORIES = List.of("MARKETING", "UTILITY", "AUTHENTICATION");
    private static final List<String> STATUSES = List.of("PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED");

    static final ResourceType TYPE = ResourceType.named("messageTemplates")
            .attributes(
                    Attribute.special(NAME, TemplateNames::name).required(),
                    Attribute.special(LANGUAGE, TemplateNames::language).required(),
                    Attribute.special(CATEGORY, TemplateNames::category).required(),
                    Attribute.special(COMPONENTS, ComponentsReader::parse).required(),
                    Attribute.text(PREVIEW, 0, MAX_PREVIEW).optional(),
                    Attribute.choice(STATUS, STATUSES.toArray(String[]::new)),
                    Attribute.text("rejectionReason", 0, 1000),
                    Attribute.text("quality", 0, 64),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .methods(Method.LIST, Method.GET, Method.CREATE, Method.DELETE)
            .callsProvider()
            .filters(
                    Filter.key("m.id"),
                    Filter.text(NAME, 512, "m.name"),
                    Filter.text(LANGUAGE, 16, "m.language"),
                    Filter.words(CATEGORY, "m.category", CATEGORIES),
                    Filter.words(STATUS, "m.status", STATUSES),
                    Filter.text("rejectionReason", 1000, "m.rejection_reason"),
                    Filter.text("quality", 64, "m.quality"),
                    Filter.range(CREATED_AT, "m.created_at"),
                    Filter.range("updatedAt", "m.updated_at"))
            .idColumn("m.id")
            .sort(CREATED_AT, "m.created_at")
            .sort("updatedAt", "m.updated_at")
            .sort(NAME, "m.name")
            .sort(LANGUAGE, "m.language")
            .quick(
                    Quick.index("message_templates_newest").sorted(CREATED_AT),
                    Quick.index("message_templates_newest").within(CREATED_AT).sorted(CREATED_AT),
                    Quick.index("message_templates_by_name").by(NAME, Operator.EQ, Operator.IN, Operator.PREFIX),
                    Quick.index("message_templates_by_status").by(STATUS).sorted(CREATED_AT),
                    Quick.index("message_templates_pk").by("id", Operator.EQ, Operator.IN))
            .build();

    private TemplateType() {}
}
