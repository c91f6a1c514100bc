package dev.parley.server.platform.jsonapi;

import dev.parley.connector.MediaKind;
import dev.parley.connectors.Connectors;
import dev.parley.server.payloads.ContactsPayload;
import dev.parley.server.payloads.InteractivePayload;
import dev.parley.server.payloads.LocationPayload;
import dev.parley.server.payloads.MediaPayload;
import dev.parley.server.payloads.PayloadKind;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.payloads.ReactionPayload;
import dev.parley.server.templates.TemplatePayload;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;

/** Every declared resource, taken from where it is declared without the server that serves it. */
@NullUnmarked
public final class DeclaredTypes {

    private static final String[] DECLARED = {
        "accounts.AccountType#of",
        "audit.AuditType#OWN",
        "candidates.CandidateStatusType#TYPE",
        "candidates.CandidateType#TYPE",
        "candidates.UserType#TYPE",
        "conversations.ConversationType#TYPE",
        "messages.MessageType#declare",
        "organizations.OrganizationTypes#MANAGED",
        "organizations.TokenType#TYPE",
        "templates.TemplateType#TYPE",
        "threads.ThreadType#TYPE",
        "webhooks.WebhookLogType#TYPE",
        "webhooks.WebhookType#declare"
    };

    private DeclaredTypes() {}

    /** Each kind of payload. None of them is prepared. */
    public static Payloads payloads() {
        List<PayloadKind> kinds = new ArrayList<>(
                List.of(new LocationPayload(), new ContactsPayload(), new ReactionPayload(), new InteractivePayload()));
        kinds.add(new TemplatePayload(null));
        for (MediaKind kind : MediaKind.values()) {
            if (!kind.word().equals("sticker")) {
                kinds.add(new MediaPayload(kind, null));
            }
        }
        return new Payloads(kinds);
    }

    /** All of them, always in the same order, and one with something of every kind. */
    static List<ResourceType> all() {
        List<ResourceType> types = new ArrayList<>();
        for (String place : DECLARED) {
            types.add(declared(place.split("#"), types));
        }
        types.add(Toys.TYPE);
        return types;
    }

    private static ResourceType declared(String[] place, List<ResourceType> before) {
        try {
            Class<?> type = Class.forName("dev.parley.server." + place[0]);
            if (place[1].equals(place[1].toUpperCase(java.util.Locale.ROOT))) {
                Field field = type.getDeclaredField(place[1]);
                field.setAccessible(true);
                return (ResourceType) field.get(null);
            }
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(place[1]) && method.getReturnType() == ResourceType.class) {
                    method.setAccessible(true);
                    return (ResourceType) method.invoke(null, arguments(method, before));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("nothing is declared at " + String.join("#", place), e);
        }
        throw new IllegalStateException("nothing is declared at " + String.join("#", place));
    }

    private static Object[] arguments(Method method, List<ResourceType> before) throws ReflectiveOperationException {
        Class<?>[] wanted = method.getParameterTypes();
        Object[] arguments = new Object[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == Payloads.class) {
                arguments[i] = payloads();
            } else if (wanted[i] == long.class) {
                arguments[i] = 1L << 20;
            } else if (Collection.class.isAssignableFrom(wanted[i])) {
                arguments[i] = Connectors.all();
            } else {
                var constructor = wanted[i].getDeclaredConstructors()[0];
                constructor.setAccessible(true);
                arguments[i] = constructor.newInstance(
                        (java.util.function.Supplier<Collection<ResourceType>>) () -> List.copyOf(before));
            }
        }
        return Objects.requireNonNull(arguments);
    }
}
