package dev.parley.simulator.control;

import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.BusinessNumber;
import dev.parley.simulator.whatsapp.NumberSettings;
import dev.parley.simulator.whatsapp.Numbers;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/numbers}: the business numbers. */
public final class NumberControl {

    private final Numbers numbers;
    private final NumberReader reader;

    /** @param numbers where they are kept */
    public NumberControl(Numbers numbers) {
        this.numbers = numbers;
        this.reader = new NumberReader(numbers);
    }

    /** Registers a number or changes one: the request holds all of its settings, what is left out is the default. */
    Reply register(Call call) {
        return Reply.json(200, write(numbers.register(reader.read(call.body())).settings()));
    }

    /** All numbers, without their secrets. */
    Reply list(Call call) {
        QueryReader.known(call.query());
        ObjectNode body = Json.object();
        var list = body.putArray("numbers");
        numbers.all().forEach(number -> list.add(write(number.settings())));
        return Reply.json(200, body);
    }

    /** The number that a request names. */
    static BusinessNumber named(Numbers numbers, Members members) {
        BusinessNumber number = numbers.find(members.requiredText("phoneNumberId"));
        if (number == null) {
            throw new BadInputException("phoneNumberId", "no such number; register it at POST /_control/numbers");
        }
        return number;
    }

    private static ObjectNode write(NumberSettings number) {
        var target = number.lane().target();
        ObjectNode node = Json.object();
        node.put("phoneNumberId", number.phoneNumberId());
        node.put("wabaId", number.wabaId());
        node.put("displayPhoneNumber", number.displayPhoneNumber());
        node.put("callbackUrl", target == null ? null : target.url().toString());
        node.put("messagesPerSecond", number.messagesPerSecond());
        node.put("pairLimit", number.pairLimit());
        node.put("window", number.window().name().toLowerCase(Locale.ROOT));
        number.statuses().forEach(node.putArray("statuses")::add);
        number.delays().forEach(delay -> node.withArray("delaysMs").add(delay.toMillis()));
        node.put("batch", number.lane().batch());
        return node;
    }
}
