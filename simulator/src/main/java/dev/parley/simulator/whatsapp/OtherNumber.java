package dev.parley.simulator.whatsapp;

/** The other number under which WhatsApp may know a person: Brazil and Mexico have an extra digit that comes and goes. */
final class OtherNumber {

    private static final int BRAZIL_WITH_NINE = 13;
    private static final int MEXICO_WITH_ONE = 13;

    private OtherNumber() {}

    /**
     * Another number for these digits: Brazil's ninth digit and Mexico's 1 are put in or taken out; elsewhere, where no
     * such thing exists, the last digit is one higher.
     */
    static String of(String digits) {
        if (digits.startsWith("55") && digits.length() >= BRAZIL_WITH_NINE - 1) {
            return digits.length() == BRAZIL_WITH_NINE
                    ? digits.substring(0, 4) + digits.substring(5)
                    : digits.substring(0, 4) + "9" + digits.substring(4);
        }
        if (digits.startsWith("52") && digits.length() >= MEXICO_WITH_ONE - 1) {
            return digits.length() == MEXICO_WITH_ONE ? "52" + digits.substring(3) : "521" + digits.substring(2);
        }
        int last = digits.length() - 1;
        return digits.substring(0, last) + (digits.charAt(last) - '0' + 1) % 10;
    }
}
