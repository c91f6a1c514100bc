package dev.parley.server.audit;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the audit log tells of: the closed list. A word is the resource, then what was done to it. */
public enum AuditAction {
    ORGANIZATION_CREATED("organization.created"),
    ORGANIZATION_CHANGED("organization.changed"),
    ORGANIZATION_TOKEN_REFRESHED("organization.tokenRefreshed"),
    ORGANIZATION_SIGNING_SECRET_ROTATED("organization.signingSecretRotated"),
    ORGANIZATION_REMOVED("organization.removed"),
    PARTNER_TOKEN_REPLACED("partnerToken.replaced"),
    TOKEN_CREATED("token.created"),
    TOKEN_CHANGED("token.changed"),
    TOKEN_REVOKED("token.revoked"),
    WEBHOOK_CREATED("webhook.created"),
    WEBHOOK_CHANGED("webhook.changed"),
    WEBHOOK_DELETED("webhook.deleted"),
    WEBHOOK_REDELIVERED("webhook.redelivered"),
    CHANNEL_ACCOUNT_CREATED("channelAccount.created"),
    CHANNEL_ACCOUNT_CHANGED("channelAccount.changed"),
    CHANNEL_ACCOUNT_DELETED("channelAccount.deleted"),
    MESSAGE_TEMPLATE_DELETED("messageTemplate.deleted"),
    USER_DELETED("user.deleted"),
    CANDIDATE_STATUS_DELETED("candidateStatus.deleted"),
    CANDIDATE_HIDDEN("candidate.hidden"),
    CANDIDATE_ERASED("candidate.erased"),
    MESSAGE_THREAD_DELETED("messageThread.deleted"),
    MESSAGE_THREAD_ERASED("messageThread.erased"),
    MESSAGE_DELETED("message.deleted");

    private final String word;

    AuditAction(String word) {
        this.word = word;
    }

    /** As it stands in the database and on the wire. */
    public String word() {
        return word;
    }

    /** All words. */
    static List<String> words() {
        return Stream.of(values()).map(AuditAction::word).toList();
    }

    /** The types of resources that there are entries of; {@code audit_entries.resource_type} makes them of the words. */
    static List<String> resourceTypes() {
        return Stream.of(values())
                .map(action -> action.word.substring(0, action.word.indexOf('.')))
                .distinct()
                .map(one -> one + (one.endsWith("s") ? "es" : "s"))
                .toList();
    }

    /**
     * What a change of a resource is to the audit log.
     *
     * @param type of the resource
     * @param change {@code create}, {@code update} or {@code delete}
     * @param fields that were changed by an update
     * @return null for what the log does not tell of: the daily work of recruiters
     */
    static @Nullable AuditAction of(String type, String change, List<String> fields) {
        return switch (type) {
            case "organizations" -> organization(change, fields);
            case "tokens" -> one(change, TOKEN_CREATED, TOKEN_CHANGED, TOKEN_REVOKED);
            case "webhooks" -> one(change, WEBHOOK_CREATED, WEBHOOK_CHANGED, WEBHOOK_DELETED);
            case "channelAccounts" ->
                one(change, CHANNEL_ACCOUNT_CREATED, CHANNEL_ACCOUNT_CHANGED, CHANNEL_ACCOUNT_DELETED);
            case "messageTemplates" -> one(change, null, null, MESSAGE_TEMPLATE_DELETED);
            case "users" -> one(change, null, null, USER_DELETED);
            case "candidateStatuses" -> one(change, null, null, CANDIDATE_STATUS_DELETED);
            case "candidates" -> one(change, null, null, CANDIDATE_HIDDEN);
            case "messageThreads" -> one(change, null, null, MESSAGE_THREAD_DELETED);
            case "messages" -> one(change, null, null, MESSAGE_DELETED);
            default -> null;
        };
    }

    private static @Nullable AuditAction organization(String change, List<String> fields) {
        AuditAction update = ORGANIZATION_CHANGED;
        if (fields.equals(List.of("token"))) {
            update = ORGANIZATION_TOKEN_REFRESHED;
        } else if (fields.equals(List.of("signingSecret"))) {
            update = ORGANIZATION_SIGNING_SECRET_ROTATED;
        }
        return one(change, ORGANIZATION_CREATED, update, ORGANIZATION_REMOVED);
    }

    private static @Nullable AuditAction one(
            String change, @Nullable AuditAction create, @Nullable AuditAction update, @Nullable AuditAction delete) {
        return switch (change) {
            case "create" -> create;
            case "update" -> update;
            default -> delete;
        };
    }
}
