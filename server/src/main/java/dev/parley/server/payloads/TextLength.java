package dev.parley.server.payloads;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.List;

/**
 * That a text is no longer than its channel takes.
 *
 * @param units UTF-16 code units
 * @param pointer of what is to be shortened
 * @param what is to be shortened, as the caller knows it
 */
public record TextLength(int units, String pointer, String what) implements ChannelFit {

    @Override
    public List<Problem> problems(ChannelRule rule) {
        int limit = rule.can().textLimit();
        return units <= limit
                ? List.of()
                : List.of(Problem.at(
                        ProblemCode.INVALID_VALUE,
                        pointer,
                        "Shorten the " + what + ": channel " + rule.channel() + " takes at most " + limit
                                + " characters (UTF-16 code units)."));
    }
}
