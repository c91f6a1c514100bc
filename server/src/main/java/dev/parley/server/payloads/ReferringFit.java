package dev.parley.server.payloads;

import dev.parley.server.platform.jsonapi.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a payload asks of its channel that names messages beside. */
record ReferringFit(ChannelFit content, List<MessageReference> references) implements ChannelFit {

    /** What another one asks, and these references with its own. */
    static ReferringFit of(ChannelFit content, List<MessageReference> more) {
        List<MessageReference> all = new ArrayList<>(content.references());
        all.addAll(more);
        return new ReferringFit(content, List.copyOf(all));
    }

    @Override
    public List<Problem> problems(ChannelRule rule) {
        return content.problems(rule);
    }
}
