package dev.parley.server.media;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.util.List;

/** The header {@code Range}, and a file's name in {@code Content-Disposition}: parts lie within the file, names within their line. */
public final class RangeFuzz implements FuzzTarget {

    private static final long[] SIZES = {0, 1, 1_000, Long.MAX_VALUE};

    @Override
    public void take(byte[] input) {
        for (long size : SIZES) {
            if (ByteRange.of(Seeds.latin(input), size) instanceof ByteRange.Part(long from, long length)) {
                hold(from >= 0 && length >= 1 && from <= size - length, "a part of the file");
            }
        }
        String header = Disposition.of("text/html", Seeds.text(input));
        hold(header.startsWith("attachment; filename=\""), "not shown by a browser");
        hold(header.chars().allMatch(c -> c >= ' ' && c < 0x7f), "one line of ASCII");
        hold(header.replace("\"", "").length() == header.length() - 2, "one name in quotes");
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.of(
                "bytes=0-0",
                "bytes= 5-",
                "bytes=-7 ",
                "bytes=999999999999999999-999999999999999999",
                "bytes=0-1,3-4",
                "bytes=-0",
                "caf\u00e9 \"x\"\r\n.pdf");
    }
}
