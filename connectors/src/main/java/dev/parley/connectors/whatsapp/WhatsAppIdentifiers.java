package dev.parley.connectors.whatsapp;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import dev.parley.connector.Address;
import dev.parley.connector.IdentifierCheck;
import dev.parley.connector.IdentifierCheck.Invalid;
import dev.parley.connector.IdentifierCheck.Valid;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a candidate is written: a phone number with country code, stored as digits alone, or a business-scoped user id such
 * as {@code US.13491208655302741918}.
 *
 * <p>Numbers are checked for a length that their country has ({@code isPossible}), not for an assigned range: ranges are new
 * each month, and those set aside for tests must work. The digits stay as written, also where WhatsApp's own form differs
 * (Brazil, Mexico): the provider's answer tells its form.
 */
final class WhatsAppIdentifiers {

    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
    private static final Pattern DECORATION = Pattern.compile("\\(0\\)|[\\s\\p{Z}\\p{Pd}().\\u2060\\u200e\\u200f/]");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");

    /** Mobile numbers of Mexico had a 1 behind the country code until 2019; WhatsApp's ids still have it. */
    private static final Pattern OLD_MEXICO = Pattern.compile("^521(?=[0-9]{10}$)");

    private static final int MAX_WRITTEN = 160;
    private static final String EXAMPLE =
            "write a phone number with its country code, for example 14155550123, or a WhatsApp user id";

    private WhatsAppIdentifiers() {}

    static IdentifierCheck check(String written) {
        if (written.length() > MAX_WRITTEN) {
            return new Invalid("It is too long; " + EXAMPLE + ".");
        }
        String trimmed = written.strip();
        if (USER_ID.matcher(trimmed).matches()) {
            return new Valid(trimmed);
        }
        String digits = withoutPrefix(DECORATION.matcher(trimmed).replaceAll(""));
        if (!DIGITS.matcher(digits).matches()) {
            return new Invalid("It is neither a phone number nor a WhatsApp user id; " + EXAMPLE + ".");
        }
        if (digits.startsWith("0")) {
            return new Invalid("The country code is missing; " + EXAMPLE + ".");
        }
        String problem = problemWith(digits);
        return problem == null ? new Valid(digits) : new Invalid(problem + "; " + EXAMPLE + ".");
    }

    static Address addressOf(String identifier) {
        boolean phone = DIGITS.matcher(identifier).matches();
        return new Address(phone ? Address.PHONE : Address.USER, identifier);
    }

    private static String withoutPrefix(String number) {
        if (number.startsWith("+")) {
            return number.substring(1);
        }
        return number.startsWith("00") ? number.substring(2) : number;
    }

    private static @Nullable String problemWith(String digits) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        ValidationResult result;
        try {
            String today = OLD_MEXICO.matcher(digits).replaceFirst("52");
            result = numbers.isPossibleNumberWithReason(numbers.parse("+" + today, null));
        } catch (NumberParseException e) {
            return "No country has this code or length";
        }
        return switch (result) {
            case IS_POSSIBLE -> null;
            case IS_POSSIBLE_LOCAL_ONLY -> "The area code is missing";
            case INVALID_COUNTRY_CODE -> "No country has this code";
            case TOO_SHORT -> "It is too short for its country";
            case TOO_LONG -> "It is too long for its country";
            case INVALID_LENGTH -> "Its length is not one that its country has";
        };
    }
}
