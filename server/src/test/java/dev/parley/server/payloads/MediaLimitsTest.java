package dev.parley.server.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.MediaKind;
import dev.parley.connectors.Connectors;
import dev.parley.server.payloads.MediaSource.Taken;
import dev.parley.server.payloads.Preparation.Prepared;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Each limit of each kind of file on each channel, just kept and just broken. */
final class MediaLimitsTest {

    private static final long MB = 1 << 20;

    /** The type that is refused is one that another kind or channel takes, where there is one. */
    @ParameterizedTest(name = "{1} on {0}")
    @CsvSource({
        // channel, kind, MB, a type, caption, a type that is not taken
        "whatsapp, image, 5, image/jpeg, 1024, image/webp",
        "whatsapp, image, 5, image/png, 1024, image/gif",
        "whatsapp, video, 16, video/mp4, 1024, video/webm",
        "whatsapp, video, 16, video/3gpp, 1024, audio/mp4",
        "whatsapp, audio, 16, audio/aac, 0, audio/x-wav",
        "whatsapp, audio, 16, audio/amr, 0, video/mp4",
        "whatsapp, audio, 16, audio/mpeg, 0, audio/flac",
        "whatsapp, audio, 16, audio/mp4, 0, video/3gpp",
        "whatsapp, audio, 16, audio/ogg, 0, audio/webm",
        "whatsapp, document, 100, text/plain, 1024, text/csv",
        "whatsapp, document, 100, application/pdf, 1024, application/zip",
        "whatsapp, document, 100, application/msword, 1024, application/rtf",
        "whatsapp, document, 100, application/vnd.ms-excel, 1024, text/html",
        "whatsapp, document, 100, application/vnd.ms-powerpoint, 1024, application/vnd.oasis.opendocument.text",
        "whatsapp, document, 100, application/vnd.openxmlformats-officedocument.wordprocessingml.document, 1024, image/png",
        "whatsapp, document, 100, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, 1024, image/jpeg",
        "whatsapp, document, 100, application/vnd.openxmlformats-officedocument.presentationml.presentation, 1024, audio/ogg",
        "web, image, 5, image/webp, 1024, image/svg+xml",
        "web, image, 5, image/gif, 1024, application/pdf",
        "web, video, 16, video/webm, 1024, video/x-matroska",
        "web, audio, 16, audio/ogg, 0, audio/x-wav",
        "web, document, 100, text/csv, 1024, text/html",
        "web, document, 100, application/rtf, 1024, application/x-msdownload",
        "web, document, 100, application/vnd.oasis.opendocument.text, 1024, application/javascript",
    })
    void knowsSizeTypeAndCaption(String channel, String kind, int limit, String type, int caption, String foreign) {
        long most = limit * MB;
        String member = "/p/" + kind;
        assertThat(problems(channel, kind, type, 1, caption)).isEmpty();
        assertThat(problems(channel, kind, type, most, caption)).isEmpty();
        assertThat(problems(channel, kind, type, most + 1, caption))
                .singleElement()
                .satisfies(problem -> expect(problem, member, (most + 1) + " bytes", "at most " + most + " bytes"));
        assertThat(problems(channel, kind, type, most, caption + 1))
                .singleElement()
                .satisfies(problem -> expect(
                        problem,
                        member + "/caption",
                        caption == 0 ? "Leave the caption out" : "at most " + caption + " characters"));
        assertThat(problems(channel, kind, foreign, 1, 0))
                .singleElement()
                .satisfies(problem -> expect(problem, member, foreign, type, "as " + kind));
        assertThat(problems(channel, kind, foreign, most + 1, caption + 1)).hasSize(3);
    }

    @Test
    void countsACaptionInUnitsOfUtf16BeforeAnythingIsFetched() {
        String pairs = "\uD83D\uDE00".repeat(512);
        assertThat(read("image", "caption", pairs).fit().problems(rule("whatsapp")))
                .isEmpty();
        assertThat(read("image", "caption", pairs + "x").fit().problems(rule("whatsapp")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"filename, 240", "mime_type, 200", "url, 4096"})
    void knowsHowLongWhatIsWrittenMayBe(String name, int most) {
        String start = name.equals("url") ? "https://x/" : "";
        String fits = start + "n".repeat(most - start.length());
        assertThat(read("document", name, fits).problems()).isEmpty();
        assertThat(read("document", name, fits + "n").problems())
                .singleElement()
                .satisfies(problem -> expect(problem, "/p/document/" + name, "at most " + most + " characters"));
    }

    @Test
    void coversEveryKindOfEveryChannel() {
        List<String> kinds = new ArrayList<>();
        Connectors.all()
                .forEach(connector -> connector
                        .capabilities()
                        .media()
                        .forEach((kind, rule) -> kinds.add(connector.channel() + " " + kind.word() + " "
                                + rule.maxBytes() / MB + " " + rule.captionLimit())));
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "whatsapp image 5 1024",
                        "whatsapp video 16 1024",
                        "whatsapp audio 16 0",
                        "whatsapp document 100 1024",
                        "web image 5 1024",
                        "web video 16 1024",
                        "web audio 16 0",
                        "web document 100 1024");
    }

    @Test
    void takesNoStickers() {
        assertThat(new MediaFit(MediaKind.STICKER, 0, "image/webp", 1, "/p").problems(rule("whatsapp")))
                .singleElement()
                .satisfies(problem -> expect(problem, "/p/type", "takes no sticker"));
    }

    private static void expect(Problem problem, String pointer, String... words) {
        assertThat(problem.source()).isEqualTo(new Problem.Source.Pointer(pointer));
        assertThat(problem.detail()).contains(words);
    }

    /** Of a file that was stored, by what it was found to be. */
    private static List<Problem> problems(String channel, String kind, String type, long size, int caption) {
        Payload payload = read(kind, new Taken.Stored(type, size, "a".repeat(64)), "caption", "c".repeat(caption));
        Preparation preparation = Objects.requireNonNull(payload.preparation());
        return preparation.prepare(new UUID(1, 1), new UUID(1, 2)) instanceof Prepared.Ready(Payload ready)
                ? ready.fit().problems(rule(channel))
                : List.of();
    }

    private static Payload read(String kind, String member, String value) {
        return read(kind, new Taken.Stored("image/png", 1, "a".repeat(64)), member, value);
    }

    private static Payload read(String kind, Taken taken, String member, String value) {
        ObjectNode payload = Json.MAPPER.createObjectNode().put("type", kind);
        ObjectNode file = payload.putObject(kind);
        if (!member.equals("url")) {
            file.put("data", "QQ==");
        }
        file.put(member, value);
        MediaKind of = MediaKind.valueOf(kind.toUpperCase(Locale.ROOT));
        Parsed parsed = new MediaPayload(of, (organization, given) -> taken).read(payload, "/p");
        assertThat(parsed).isInstanceOf(Parsed.Value.class);
        return (Payload) ((Parsed.Value) parsed).value();
    }

    private static ChannelRule rule(String channel) {
        return Connectors.all().stream()
                .filter(connector -> connector.channel().equals(channel))
                .map(ChannelRule::of)
                .findFirst()
                .orElseThrow();
    }
}
