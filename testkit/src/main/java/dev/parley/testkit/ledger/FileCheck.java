package dev.parley.testkit.ledger;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gets the files of messages, once each. Safe for use by many threads at once. */
final class FileCheck {

    private static final int OK = 200;

    private final Set<String> good = ConcurrentHashMap.newKeySet();

    /** Says what is wrong with the file of a message; empty when it is the very one. */
    String look(Customer customer, String messageId, Attachment file) {
        if (good.contains(messageId)) {
            return "";
        }
        Customer.File got = customer.file(messageId);
        if (got.status() != OK) {
            return messageId + " has no file: " + got.status();
        }
        if (!got.sha256().equals(file.sha256())) {
            return messageId + " has another file";
        }
        good.add(messageId);
        return "";
    }
}
