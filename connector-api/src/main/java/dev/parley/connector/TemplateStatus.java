package dev.parley.connector;

/** Where a template stands at its provider. */
public enum TemplateStatus {
    /** It is being reviewed. */
    PENDING,
    /** It may be sent. */
    APPROVED,
    /** The review said no. */
    REJECTED,
    /** It may not be sent for a while. */
    PAUSED,
    /** It may not be sent any more. */
    DISABLED,
    /** It is gone, or going. */
    DELETED
}
