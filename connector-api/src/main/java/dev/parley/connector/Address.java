package dev.parley.connector;

/**
 * One way by which a provider names a person. A thread has one or more; each belongs to one thread of an organization and
 * channel.
 *
 * @param kind {@link #PHONE}, {@link #USER}, or a kind of the connector's own
 * @param value in the provider's form; a phone number is digits with country code and no plus
 */
public record Address(String kind, String value) {

    /** A phone number: digits with country code, no plus. WhatsApp's {@code wa_id} is one. */
    public static final String PHONE = "phone";

    /** An id that the provider made for this person, for example WhatsApp's business-scoped user id. */
    public static final String USER = "user";

    /** The value is personal data and stays out of logs. */
    @Override
    public String toString() {
        return "Address[" + kind + "]";
    }
}
