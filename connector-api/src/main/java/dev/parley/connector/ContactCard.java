package dev.parley.connector;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The card of a person, as phones exchange them. Each part is a map of those members of its list that are known.
 *
 * @param name members of {@link #NAME}; {@code formatted_name} is always there
 * @param organization members of {@link #ORGANIZATION}; may be empty
 * @param birthday {@code YYYY-MM-DD}; null when it is not known
 */
public record ContactCard(
        Map<String, String> name,
        List<Map<String, String>> phones,
        List<Map<String, String>> emails,
        List<Map<String, String>> addresses,
        List<Map<String, String>> urls,
        Map<String, String> organization,
        @Nullable String birthday) {

    /** The member of a name that every card has. */
    public static final String FORMATTED_NAME = "formatted_name";

    /** What a name may have. */
    public static final List<String> NAME =
            List.of(FORMATTED_NAME, "first_name", "last_name", "middle_name", "suffix", "prefix");

    /** What a phone number may have; {@code phone} is the number, {@code wa_id} WhatsApp's form of it. */
    public static final List<String> PHONE = List.of("phone", "type", "wa_id");

    /** What an e-mail address may have. */
    public static final List<String> EMAIL = List.of("email", "type");

    /** What a postal address may have. */
    public static final List<String> ADDRESS =
            List.of("street", "city", "state", "zip", "country", "country_code", "type");

    /** What a link may have. */
    public static final List<String> URL = List.of("url", "type");

    /** What an employer may have. */
    public static final List<String> ORGANIZATION = List.of("company", "department", "title");

    /** Copies the lists. */
    public ContactCard {
        name = Map.copyOf(name);
        phones = List.copyOf(phones);
        emails = List.copyOf(emails);
        addresses = List.copyOf(addresses);
        urls = List.copyOf(urls);
        organization = Map.copyOf(organization);
    }

    /** All of it is personal data. */
    @Override
    public String toString() {
        return "ContactCard[]";
    }
}
