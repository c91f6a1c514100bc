package dev.parley.simulator.whatsapp;

import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Lets people write: opens their window and has the number call back. Thread-safe. */
public final class Inbound {

    private static final Set<String> CHANGES = Set.of("system", "edit", "revoke");

    private final Wamids ids;
    private final InstantSource clock;

    /** @param service whose ids are shared, so that none comes twice */
    public Inbound(SendService service, InstantSource clock) {
        this.ids = service.ids();
        this.clock = clock;
    }

    /**
     * What somebody writes.
     *
     * @param from the phone number in digits, null for somebody who is known by user id alone
     * @param userId the business-scoped user id, null for none
     * @param name the profile's name
     * @param text the text; {@code {n}} in it is replaced by 1, 2, 3 … Null when a raw message is given
     * @param message a message as it stands, in place of or beside a text; missing common members are filled in
     * @param id the message's id, null for a new one
     * @param timestampSeconds when it was written, in seconds since the epoch; null for now
     * @param count how many times
     */
    public record Writing(
            @Nullable String from,
            @Nullable String userId,
            String name,
            @Nullable String text,
            @Nullable ObjectNode message,
            @Nullable String id,
            @Nullable Long timestampSeconds,
            int count) {

        /** Nothing of it. */
        @Override
        public String toString() {
            return "Writing";
        }
    }

    /**
     * What came of it.
     *
     * @param ids the messages' ids, in order
     * @param posted completes when all were posted once, with the last answer's HTTP status
     */
    public record Written(List<String> ids, CompletableFuture<Integer> posted) {}

    /**
     * Writes, and has it posted at once.
     *
     * @throws BadInputException if the number has no callback URL
     */
    public Written write(BusinessNumber number, Writing writing) {
        requireTarget(number);
        long nowSeconds = clock.instant().getEpochSecond();
        long seconds = writing.timestampSeconds() == null ? nowSeconds : writing.timestampSeconds();
        long micros = writing.timestampSeconds() == null ? Micros.now(clock) : seconds * 1_000_000;
        if (opensWindow(writing.message())) {
            open(number, writing, micros);
        }
        rename(number, writing);
        var written = new ArrayList<String>();
        CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
        for (int n = 1; n <= writing.count(); n++) {
            ObjectNode message = message(writing, n, seconds);
            ObjectNode contact = isSystem(writing.message()) ? Json.object() : contact(writing);
            var update = new InboundUpdate(message, contact, new CompletableFuture<>());
            String id = message.path("id").asString();
            number.received(id, seconds);
            written.add(id);
            last = last.thenCombine(update.posted(), (_, answer) -> answer);
            number.lane().offer(update, Duration.ZERO);
        }
        return new Written(written, last);
    }

    /** Has errors posted that concern the number as a whole. */
    public CompletableFuture<Integer> report(BusinessNumber number, List<ErrorTable.Row> errors) {
        requireTarget(number);
        CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
        for (ErrorTable.Row error : errors) {
            var update = new ErrorUpdate(error, new CompletableFuture<>());
            last = last.thenCombine(update.posted(), (_, answer) -> answer);
            number.lane().offer(update, Duration.ZERO);
        }
        return last;
    }

    private static void requireTarget(BusinessNumber number) {
        if (number.settings().lane().target() == null) {
            throw new BadInputException("phoneNumberId", "this number has no callbackUrl; register it with one");
        }
    }

    /** What WhatsApp itself says, and changes of messages, are no messages of the person's. */
    private static boolean opensWindow(@Nullable ObjectNode message) {
        return message == null || !CHANGES.contains(message.path("type").asString(""));
    }

    /** A change of number comes without contacts. */
    private static boolean isSystem(@Nullable ObjectNode message) {
        return message != null && message.path("type").asString("").equals("system");
    }

    /** Who changed their number keeps their window. */
    private static void rename(BusinessNumber number, Writing writing) {
        if (isSystem(writing.message()) && writing.from() != null && writing.message() != null) {
            String now = writing.message().path("system").path("wa_id").asString("");
            if (!now.isEmpty()) {
                number.knowAs(now, writing.from());
            }
        }
    }

    private static void open(BusinessNumber number, Writing writing, long atMicros) {
        if (writing.from() != null) {
            number.wrote(writing.from(), atMicros);
        }
        if (writing.userId() != null) {
            number.wrote(writing.userId(), atMicros);
        }
    }

    private ObjectNode message(Writing writing, int n, long seconds) {
        ObjectNode message = Json.object();
        if (writing.from() != null) {
            message.put("from", writing.from());
        }
        if (writing.userId() != null) {
            message.put("from_user_id", writing.userId());
        }
        message.put("id", writing.id() == null ? ids.incoming(address(writing)) : writing.id());
        message.put("timestamp", Long.toString(seconds));
        if (writing.message() != null) {
            message.setAll(writing.message());
        }
        if (writing.text() != null) {
            message.put("type", "text");
            message.putObject("text").put("body", writing.text().replace("{n}", Integer.toString(n)));
        }
        return message;
    }

    private static String address(Writing writing) {
        if (writing.from() != null) {
            return writing.from();
        }
        return writing.userId() == null ? "" : writing.userId();
    }

    private static ObjectNode contact(Writing writing) {
        ObjectNode contact = Json.object();
        contact.putObject("profile").put("name", writing.name());
        if (writing.from() != null) {
            contact.put("wa_id", writing.from());
        }
        if (writing.userId() != null) {
            contact.put("user_id", writing.userId());
        }
        return contact;
    }
}
