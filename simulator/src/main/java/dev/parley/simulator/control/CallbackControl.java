package dev.parley.simulator.control;

import dev.parley.simulator.callbacks.Poster;
import dev.parley.simulator.callbacks.Signing;
import dev.parley.simulator.callbacks.Target;
import dev.parley.simulator.http.Call;
import dev.parley.simulator.http.Reply;
import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.Numbers;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_control/callback} and {@code /_control/verify}: any body to the callback URL, and Meta's handshake. */
public final class CallbackControl {

    private final Numbers numbers;
    private final Poster poster;
    private final RandomGenerator random;

    /**
     * @param poster posts them
     * @param random makes challenges; it must be thread-safe
     */
    public CallbackControl(Numbers numbers, Poster poster, RandomGenerator random) {
        this.numbers = numbers;
        this.poster = poster;
        this.random = random;
    }

    /** Posts {@code body} (a JSON object) or {@code raw} (a text, byte for byte) once, and tells the answer. */
    Reply post(Call call) {
        Members members = Members.of(call.body(), "phoneNumberId", "body", "raw", "signature");
        Target target = target(members);
        if (members.has("body") == members.has("raw")) {
            throw new BadInputException("body", "expected either body or raw");
        }
        String signature = members.oneOf("signature", "valid", "valid", "wrong", "none");
        ObjectNode object = members.raw("body");
        byte[] bytes = object == null
                ? members.requiredText("raw").getBytes(StandardCharsets.UTF_8)
                : Json.MAPPER.writeValueAsBytes(object);
        int answer = poster.post(target, bytes, Signing.valueOf(signature.toUpperCase(Locale.ROOT)))
                .join();
        return Reply.json(200, Json.object().put("answer", answer));
    }

    /** Gets the callback URL as Meta does when it is subscribed, and tells whether the challenge came back. */
    Reply verify(Call call) {
        Members members = Members.of(call.body(), "phoneNumberId", "verifyToken");
        URI url = target(members).url();
        String challenge = Integer.toString(random.nextInt(100_000_000, 1_000_000_000));
        String query = "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                + URLEncoder.encode(members.requiredText("verifyToken"), StandardCharsets.UTF_8);
        String joined = url + (url.getRawQuery() == null ? "?" : "&") + query;
        Poster.Got got = poster.get(URI.create(joined)).join();
        boolean verified = got.status() == 200 && got.body().equals(challenge);
        return Reply.json(200, Json.object().put("verified", verified).put("answer", got.status()));
    }

    private Target target(Members members) {
        Target target = NumberControl.named(numbers, members).settings().lane().target();
        if (target == null) {
            throw new BadInputException("phoneNumberId", "this number has no callbackUrl; register it with one");
        }
        return target;
    }
}
