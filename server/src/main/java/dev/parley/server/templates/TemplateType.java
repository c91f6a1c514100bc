package dev.parley.server.templates;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
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
    private static final String BY_NAME = "message_templates_named";
    private static final String BY_ORGANIZATION = "message_templates_newest";

    static final ResourceType TYPE = ResourceType.named("messageTemplates")
            .attributes(
                    Attribute.special(NAME, TemplateNames::name).required(),
                    Attribute.special(LANGUAGE, TemplateNames::language).required(),
                    Attribute.special(CATEGORY, TemplateNames::category).required(),
                    Attribute.special(COMPONENTS, ComponentsReader::parse).required(),
                    Attribute.text(PREVIEW, 0, MAX_PREVIEW).optional(),
                    Attribute.choice("status", "PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED"),
                    Attribute.text("rejectionReason", 0, 1000),
                    Attribute.text("quality", 0, 64),
                    Attribute.time("createdAt"),
                    Attribute.time("updatedAt"))
            .methods(Method.LIST, Method.GET, Method.CREATE, Method.DELETE)
            .callsProvider()
            .filters(
                    Filter.equal(NAME, new Kind.Text(1, 512), "m.name", BY_NAME)
                            .with(Operator.PREFIX, Operator.IN, Operator.EQL),
                    Filter.equal(LANGUAGE, new Kind.Text(1, 16), "m.language", BY_ORGANIZATION)
                            .with(Operator.IN),
                    Filter.equal(
                                    CATEGORY,
                                    new Kind.Choice(List.of("MARKETING", "UTILITY", "AUTHENTICATION")),
                                    "m.category",
                                    BY_ORGANIZATION)
                            .with(Operator.IN),
                    Filter.equal(
                                    "status",
                                    new Kind.Choice(List.of("PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED")),
                                    "m.status",
                                    BY_ORGANIZATION)
                            .with(Operator.IN))
            .idColumn("m.id")
            .sort("createdAt", "m.created_at")
            .sort("name", "m.name")
            .build();

    private TemplateType() {}
}
