package dev.parley.server.messages;

import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.Payload;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One PATCH of a message that stands under its row's lock: what changes, or why it may not. A value that equals what is
 * stored is never refused. Used once.
 */
final class MessageEdit {

    private final Message before;
    private final Write write;
    private final @Nullable Payload given;
    private final @Nullable ChannelRule rule;
    private final Duration expiry;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private @Nullable String sendBy;
    private @Nullable String payload;
    private @Nullable String metadata;
    private @Nullable Instant scheduledAt;
    private @Nullable Instant expiresAt;

    /**
     * @param given the payload that the write gives, prepared; null for none
     * @param rule of the thread's channel; null when it is not served any more
     * @param expiry how long after it is due a message expires, unless told otherwise
     */
    MessageEdit(
            Message before,
            Write write,
            @Nullable Payload given,
            @Nullable ChannelRule rule,
            Duration expiry,
            Instant now) {
        this.before = before;
        this.write = write;
        this.given = given;
        this.rule = rule;
        this.expiry = expiry;
        this.now = now;
        this.sendBy = before.sendBy();
        this.payload = before.payload();
        this.metadata = before.metadata();
        this.scheduledAt = before.scheduledAt();
        this.expiresAt = before.expiresAt();
        sendBy();
        payload();
        scheduledAt();
        expiresAt();
        metadata();
        schedule();
    }

    /** Why it is refused; empty when it is not. */
    List<Problem> problems() {
        return problems;
    }

    /** The attributes that change; empty when all is as it was. */
    List<String> fields() {
        return fields;
    }

    /** The next version. */
    Message after() {
        return before.edited(sendBy, payload, metadata, scheduledAt, expiresAt, now);
    }

    private void sendBy() {
        String given = write.text(MessageType.SEND_BY);
        if (!write.has(MessageType.SEND_BY) || Objects.equals(given, before.sendBy())) {
            return;
        }
        if (given == null) {
            refuse(ProblemCode.INVALID_VALUE, MessageType.SEND_BY, "Give sendBy a value; null is none.");
        } else if (outbound(MessageType.SEND_BY)) {
            sendBy = given;
            fields.add(MessageType.SEND_BY);
        }
    }

    private void payload() {
        if (given == null || given.equalTo(before.payload())) {
            return;
        }
        if (!before.phase().beforeHandOver()) {
            handedOver(MessageType.PAYLOAD);
            return;
        }
        List<Problem> unfit = rule == null ? List.of() : given.fit().problems(rule);
        if (given.problems().isEmpty() && unfit.isEmpty()) {
            payload = given.json();
            fields.add(MessageType.PAYLOAD);
        }
        problems.addAll(given.problems());
        problems.addAll(unfit);
    }

    private void scheduledAt() {
        Instant given = write.time(MessageType.SCHEDULED_AT);
        if (!write.has(MessageType.SCHEDULED_AT)
                || Schedule.same(given, before.scheduledAt())
                || !outbound(MessageType.SCHEDULED_AT)) {
            return;
        }
        Instant due = before.scheduledAt();
        if (before.phase() != Phase.SCHEDULED || due == null || !due.isAfter(now)) {
            refuse(
                    ProblemCode.ALREADY_DUE,
                    MessageType.SCHEDULED_AT,
                    "The message is due. Cancel it with DELETE and send a new one.");
            return;
        }
        // At once: it stays scheduled, for the place in the thread's order is given to it when it is found due.
        scheduledAt = given == null || !Schedule.seconds(given).isAfter(now) ? now : Schedule.seconds(given);
        fields.add(MessageType.SCHEDULED_AT);
        if (!write.has(MessageType.EXPIRES_AT) && due.plus(expiry).equals(before.expiresAt())) {
            expiresAt = scheduledAt.plus(expiry);
            fields.add(MessageType.EXPIRES_AT);
        }
    }

    private void expiresAt() {
        Instant given = write.time(MessageType.EXPIRES_AT);
        if (!write.has(MessageType.EXPIRES_AT)
                || Schedule.same(given, before.expiresAt())
                || !outbound(MessageType.EXPIRES_AT)) {
            return;
        }
        Instant due = scheduledAt == null ? before.createdAt() : scheduledAt;
        Instant next = given == null ? due.plus(expiry) : Schedule.seconds(given);
        if (Schedule.same(next, before.expiresAt())) {
            return;
        }
        if (!before.phase().beforeHandOver()) {
            handedOver(MessageType.EXPIRES_AT);
        } else {
            expiresAt = next;
            fields.add(MessageType.EXPIRES_AT);
        }
    }

    private void schedule() {
        boolean changes = fields.contains(MessageType.SCHEDULED_AT) || fields.contains(MessageType.EXPIRES_AT);
        if (!changes || expiresAt == null) {
            return;
        }
        for (Schedule.Fault fault : new Schedule(scheduledAt, expiresAt).faults(before.createdAt(), now)) {
            // The one that was given is at fault when the other stays as it is.
            String at = write.has(fault.attribute()) ? fault.attribute() : MessageType.SCHEDULED_AT;
            String which = at.equals(fault.attribute()) ? "" : " This is about " + fault.attribute() + ": give it too.";
            refuse(ProblemCode.INVALID_VALUE, at, fault.detail() + which);
        }
    }

    private void metadata() {
        ObjectNode given = write.value(MessageType.METADATA, ObjectNode.class);
        if (write.has(MessageType.METADATA) && !same(given, before.metadata())) {
            metadata = given == null ? null : Json.text(given);
            fields.add(MessageType.METADATA);
        }
    }

    private static boolean same(@Nullable ObjectNode given, @Nullable String stored) {
        if (given == null || stored == null) {
            return given == null && stored == null;
        }
        return Json.MAPPER.readTree(stored).equals(given);
    }

    private boolean outbound(String attribute) {
        if (before.origin() == Origin.OUTBOUND) {
            return true;
        }
        refuse(
                ProblemCode.INVALID_VALUE,
                attribute,
                "The candidate wrote this message: only its metadata can be changed.");
        return false;
    }

    private void handedOver(String attribute) {
        refuse(
                ProblemCode.ALREADY_SENT,
                attribute,
                "The message was handed over, or failed. Leave " + attribute + " out, and send a new message.");
    }

    private void refuse(ProblemCode code, String attribute, String detail) {
        problems.add(Problem.at(code, write.pointer(attribute), detail));
    }
}
