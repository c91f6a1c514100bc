package dev.parley.server.payloads;

import dev.parley.connector.MediaKind;
import dev.parley.connector.MediaRule;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a channel takes a file: kind, caption, and as soon as they are known, type and size.
 *
 * @param caption its length in UTF-16 code units
 * @param pointer of the payload
 */
record MediaFit(MediaKind kind, int caption, @Nullable String mimeType, long size, String pointer)
        implements ChannelFit {

    @Override
    public List<Problem> problems(ChannelRule channel) {
        MediaRule rule = channel.can().media().get(kind);
        if (rule == null) {
            return List.of(problem(
                    Members.member(pointer, "type"),
                    "Channel " + channel.channel() + " takes no " + kind.word() + "."));
        }
        String member = Members.member(pointer, kind.word());
        List<Problem> problems = new ArrayList<>();
        if (caption > rule.captionLimit()) {
            problems.add(problem(
                    Members.member(member, "caption"),
                    rule.captionLimit() == 0
                            ? "Leave the caption out: " + kind.word() + " takes none on channel " + channel.channel()
                                    + "."
                            : "Shorten the caption: channel " + channel.channel() + " takes at most "
                                    + rule.captionLimit() + " characters (UTF-16 code units)."));
        }
        if (mimeType != null && !rule.mimeTypes().contains(mimeType)) {
            problems.add(problem(
                    member,
                    "The file is of type " + mimeType + ", by its bytes and name. Channel " + channel.channel()
                            + " takes as " + kind.word() + ": "
                            + String.join(
                                    ", ", rule.mimeTypes().stream().sorted().toList()) + "."));
        }
        if (size > rule.maxBytes()) {
            problems.add(problem(
                    member,
                    "The file has " + size + " bytes. Channel " + channel.channel() + " takes at most "
                            + rule.maxBytes() + " bytes as " + kind.word() + " (" + rule.maxBytes() / (1 << 20)
                            + " MB)."));
        }
        return problems;
    }

    private static Problem problem(String at, String detail) {
        return Problem.at(ProblemCode.INVALID_VALUE, at, detail);
    }
}
