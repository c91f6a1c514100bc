package dev.parley.server.surface;

import dev.parley.server.platform.jsonapi.Attribute;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.wiring.Samples;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/**
 * Attributes that a POST of each type takes, in an order in which each needs only what comes before. In them
 * <code>{mark}</code> stands for the organization's mark, <code>{number}</code> for digits and <code>{word}</code> for a
 * lower case word that no other resource has, and <code>{type}</code> for the id of that resource.
 */
@NullUnmarked
final class Examples {

    /** What is sent as a file, in base64. */
    static final String PICTURE = Base64.getEncoder().encodeToString(Samples.picture("surface"));

    private static final Map<String, String> ATTRIBUTES = new LinkedHashMap<>();

    static {
        put("candidateStatuses", """
                {"name":"{mark} {number}"}""");
        put("candidates", """
                {"phone":"{number}","firstName":"{mark}","lastName":"{mark}","email":"{mark}@example.org",
                "postalCode":"{mark}","candidateStatusId":"{candidateStatuses}"}""");
        put("users", """
                {"firstName":"{mark}","lastName":"{mark}","email":"{mark}@example.org","phone":"{number}",
                "timeZone":"Europe/Amsterdam","externalId":"{mark}"}""");
        put("channelAccounts", """
                {"channel":"whatsapp","provider":"whatsapp-cloud","name":"{mark}","settings":{"phoneNumberId":"{number}",
                "businessAccountId":"{account}","accessToken":"{mark}-access","appSecret":"{mark}-secret",
                "verifyToken":"{mark}-verify","baseUrl":"{simulator}"}}""");
        put("messageThreads", """
                {"channel":"whatsapp","identifier":"{number}","candidateId":"{candidates}",
                "channelAccountId":"{channelAccounts}"}""");
        put("messages", """
                {"sendBy":"{mark}","messageThreadId":"{messageThreads}","metadata":{"note":"{mark}"},
                "payload":{"type":"image","image":{"data":"PICTURE","filename":"{mark}.png","caption":"{mark}"}}}""");
        put("messageTemplates", """
                {"name":"{word}","language":"en","category":"MARKETING","preview":"{mark}",
                "components":[{"type":"BODY","text":"{mark}"}]}""");
        put("webhooks", """
                {"resource":"candidates","event":"create","webhookUrl":"{receiver}/{mark}"}""");
        put("tokens", """
                {"name":"{mark}","scopes":["read"]}""");
    }

    private Examples() {}

    private static void put(String type, String attributes) {
        ATTRIBUTES.put(type, attributes.replace("PICTURE", PICTURE).replace("\n", ""));
    }

    /** The attributes of a type, before what stands in braces is put in. */
    static String of(String type) {
        String attributes = ATTRIBUTES.get(type);
        if (attributes == null) {
            throw new AssertionError("add attributes that a POST of " + type + " takes to Examples");
        }
        return attributes;
    }

    /** The types that organizations make, each after those that it needs. */
    static List<ResourceType> inOrder(Collection<ResourceType> types) {
        List<String> order = List.copyOf(ATTRIBUTES.keySet());
        List<ResourceType> made = new ArrayList<>();
        for (ResourceType type : types) {
            if (type.methods().contains(ResourceType.Method.CREATE)
                    && !type.type().equals("organizations")) {
                of(type.type());
                made.add(type);
            }
        }
        made.sort((a, b) -> Integer.compare(order.indexOf(a.type()), order.indexOf(b.type())));
        return made;
    }

    /** Whether PATCH takes an attribute. */
    static boolean changes(Attribute attribute) {
        return attribute.onUpdate() != Attribute.Rule.READ_ONLY;
    }
}
