package dev.parley.server.search;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms under which a phone number is found, each of digits alone. */
final class PhoneWords {

    /** Digits with what people write between them. */
    static final Pattern RUN = Pattern.compile("\\+?\\p{Nd}(?:[\\p{Z}\\t().\\-/]*+\\p{Nd})*+");

    private static final int SHORTEST = 7;
    private static final int LONGEST = 20;

    private PhoneWords() {}

    /** The digits of a number as somebody wrote it. */
    static String digits(String number) {
        StringBuilder digits = new StringBuilder();
        number.chars().filter(Character::isDigit).forEach(c -> digits.append(Character.digit(c, 10)));
        return digits.toString();
    }

    /** As it was written, without the prefix for calls abroad or within the country. */
    static Set<String> written(String digits) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(digits);
        if (digits.startsWith("00")) {
            forms.add(digits.substring(2));
        } else if (digits.startsWith("0")) {
            forms.add(digits.substring(1));
        }
        return forms;
    }

    /** The same, and without its country's code where it has one; none when it is no phone number. */
    static Set<String> of(String number) {
        String digits = digits(number);
        if (digits.length() < SHORTEST || digits.length() > LONGEST) {
            return Set.of();
        }
        Set<String> forms = written(digits);
        if (!digits.startsWith("0") || digits.startsWith("00")) {
            forms.addAll(national(digits.startsWith("00") ? digits.substring(2) : digits));
        }
        return forms;
    }

    private static Set<String> national(String international) {
        try {
            PhoneNumber number = PhoneNumberUtil.getInstance().parse("+" + international, null);
            return Set.of(PhoneNumberUtil.getInstance().getNationalSignificantNumber(number));
        } catch (NumberParseException notOne) {
            return Set.of();
        }
    }
}
