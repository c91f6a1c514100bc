package dev.parley.server.payloads;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.List;

/**
 * A payload that a channel must be able to carry.
 *
 * @param what it is, as people call it
 */
record Needs(Feature feature, String what, String pointer) implements ChannelFit {
    @Override
    public List<Problem> problems(ChannelRule rule) {
        return rule.can().features().contains(feature)
                ? List.of()
                : List.of(Problem.at(
                        ProblemCode.INVALID_VALUE,
                        pointer,
                        "Channel " + rule.channel() + " can't carry " + what + ". Write a text instead."));
    }
}
