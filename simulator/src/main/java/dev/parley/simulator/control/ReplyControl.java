package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.BusinessNumber;
import dev.parley.simulator.whatsapp.Inbound;
import dev.parley.simulator.whatsapp.MediaShelf;
import dev.parley.simulator.whatsapp.Numbers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/reply}: somebody writes to a business number. */
public final class ReplyControl {

    private static final int WAIT_SECONDS = 15;
    private static final int MAX_COUNT = 1000;
    private static final long MAX_SECONDS = 99_999_999_999L;

    private final Numbers numbers;
    private final Inbound inbound;
    private final MediaShelf media;

    /**
     * @param numbers whom one can write to
     * @param inbound carries it out
     * @param media keeps the files that people send
     */
    public ReplyControl(Numbers numbers, Inbound inbound, MediaShelf media) {
        this.media = media;
        this.numbers = numbers;
        this.inbound = inbound;
    }

    /** Has it posted; with {@code wait}, the answer comes after the callback's and holds its status. */
    Reply write(Call call) throws InterruptedException {
        Members members = Members.of(call.body(), known());
        BusinessNumber number = NumberControl.named(numbers, members);
        ObjectNode body = Json.object();
        if (members.has("errors")) {
            CompletableFuture<Integer> posted = inbound.report(number, MessageForms.errors(members));
            if (members.flag("wait", false)) {
                body.put("answer", await(posted));
            }
            return Reply.json(200, body);
        }
        Inbound.Written written = inbound.write(number, read(number, members));
        written.ids().forEach(body.putArray("ids")::add);
        if (members.flag("wait", false)) {
            body.put("answer", await(written.posted()));
        }
        return Reply.json(200, body);
    }

    private static String[] known() {
        return Stream.concat(
                        Stream.of(
                                "phoneNumberId",
                                "from",
                                "userId",
                                "name",
                                "text",
                                "message",
                                "messageId",
                                "timestamp",
                                "count",
                                "wait",
                                "errors",
                                "replyTo"),
                        MessageForms.KINDS.stream())
                .toArray(String[]::new);
    }

    private Inbound.Writing read(BusinessNumber number, Members members) {
        String from = from(members);
        String userId = members.text("userId");
        if (from == null && userId == null) {
            throw new BadInputException("from", "required unless userId is given");
        }
        ObjectNode message = MessageForms.read(members, number, from, media);
        int count = (int) members.number("count", 1, 1, MAX_COUNT);
        if (count > 1 && members.has("messageId")) {
            throw new BadInputException("messageId", "only one message can have this id; leave it or count out");
        }
        return new Inbound.Writing(
                from,
                userId,
                Objects.requireNonNullElse(members.text("name"), "Simulated Person"),
                members.text("text"),
                message,
                members.text("messageId"),
                members.has("timestamp") ? Long.valueOf(members.number("timestamp", 0, 0, MAX_SECONDS)) : null,
                count);
    }

    private static @Nullable String from(Members members) {
        String from = members.text("from");
        if (from == null) {
            return null;
        }
        String digits = from.replaceAll("[^0-9]", "");
        if (digits.length() < 5 || digits.length() > 20) {
            throw new BadInputException("from", "expected a phone number with 5 to 20 digits");
        }
        return digits;
    }

    private static int await(CompletableFuture<Integer> posted) throws InterruptedException {
        try {
            return posted.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a callback could not be posted", e.getCause());
        }
    }
}
