package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import dev.parley.connector.ByteSource;
import dev.parley.connector.Content;
import dev.parley.connector.ErrorAction;
import dev.parley.connector.InboundContent;
import dev.parley.connector.MediaKind;
import dev.parley.connector.MediaTransfer.Fetch;
import dev.parley.connector.MediaTransfer.Fetched;
import dev.parley.connector.MediaTransfer.Upload;
import dev.parley.connector.MediaTransfer.Uploaded;
import dev.parley.connector.Outbound;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.testkit.connector.FakeOutbound;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WhatsAppMediaTest {

    private static final String SHA256 = "72fd8a734216768565faf2b59cec266eea00a78dd039ce84356319fc8c4ad22e";
    private final WhatsAppConnector connector = new WhatsAppConnector();

    @Test
    void uploadsAForm() {
        FakeOutbound outbound = FakeOutbound.answering(200, "{\"id\":\"985569392615996\"}");

        assertThat(upload(outbound)).isEqualTo(new Uploaded.Done("985569392615996", Duration.ofDays(30)));
        assertThat(outbound.calls().getFirst().uri().getPath()).endsWith("/v26.0/700000000000001/media");
        assertThat(outbound.onlyBody())
                .contains("name=\"messaging_product\"\r\n\r\nwhatsapp\r\n")
                .contains("filename=\"f\"\r\nContent-Type: image/png\r\n\r\nPNG!\r\n--parley-72fd8a")
                .endsWith("--\r\n");
    }

    @Test
    void tellsRefusedUploadsFromFailedOnes() {
        assertThat(upload(FakeOutbound.answering(400, "{\"error\":{\"code\":131053,\"message\":\"(#131053)\"}}")))
                .isInstanceOfSatisfying(
                        Uploaded.Refused.class,
                        refused -> assertThat(refused.error().action()).isEqualTo(ErrorAction.FAIL));
        assertThat(upload(FakeOutbound.answering(503, "<html>"))).isInstanceOf(Uploaded.Failed.class);
        assertThat(upload(new FakeOutbound(new Outbound.Exchange.Unknown("cut"))))
                .isInstanceOf(Uploaded.Failed.class);
    }

    @Test
    void sendsAFileByItsId() {
        FakeOutbound outbound = FakeOutbound.answering(200, Samples.ACCEPTED);
        send(outbound);

        assertThat(new JsonMapper().readTree(outbound.onlyBody()).path("document"))
                .isEqualTo(new JsonMapper().readTree("""
                {"id":"985569392615996","caption":"Mine","filename":"cv.pdf"}"""));
    }

    @Test
    void tellsAFileThatIsNotKnownFromOtherRefusals() {
        String details = "\"error_data\":{\"details\":\"Media with id 1 is not available or has expired.\"}";
        assertThat(code(send(FakeOutbound.answering(400, "{\"error\":{\"code\":131009," + details + "}}"))))
                .isEqualTo("media_unknown BACK_OFF");
        assertThat(code(send(FakeOutbound.answering(400, "{\"error\":{\"code\":131009,\"message\":\"to\"}}"))))
                .isEqualTo("invalid_content FAIL");
    }

    @Test
    void fetchesInTwoSteps() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FakeOutbound outbound = FakeOutbound.answering(
                200,
                "{\"url\":\"https://look.example/x\",\"mime_type\":\"audio/ogg; codecs=opus\",\"sha256\":\"" + SHA256
                        + "\",\"file_size\":10,\"id\":\"1\"}");

        assertThat(fetch(outbound, 1_000, bytes)).isEqualTo(new Fetched.Done(SHA256, "audio/ogg"));
        assertThat(outbound.calls().getFirst().uri().toString()).endsWith("/1?phone_number_id=700000000000001");
        assertThat(outbound.calls().getLast().uri()).hasToString("https://look.example/x");
        assertThat(outbound.calls().getLast().headers()).containsKey("Authorization");
        assertThat(bytes.size()).isPositive();
        assertThat(fetch(outbound, 9, bytes)).isEqualTo(new Fetched.TooLarge());
        assertThat(fetch(FakeOutbound.answering(404, "{\"error\":{\"code\":100}}"), 9, bytes))
                .isInstanceOf(Fetched.Failed.class);
    }

    @Test
    void understandsFilesOfCandidates() {
        String base64 = "cv2Kc0IWdoVl+vK1nOwmbuoAp43QOc6ENWMZ/IxK0i4=";
        InboundContent content = parse(
                "audio",
                "{\"id\":\"1\",\"mime_type\":\"audio/ogg; codecs=opus\",\"sha256\":\"" + base64 + "\",\"voice\":true}");

        assertThat(content)
                .isEqualTo(
                        new InboundContent.Media(MediaKind.AUDIO, "1", "audio/ogg", SHA256, null, null, true, false));
        assertThat(parse("sticker", "{\"id\":\"1\",\"sha256\":\"?\",\"animated\":true}"))
                .isEqualTo(new InboundContent.Media(MediaKind.STICKER, "1", null, null, null, null, false, true));
        assertThat(parse("image", "{\"mime_type\":\"image/png\"}")).isEqualTo(new InboundContent.Unsupported("image"));
    }

    private InboundContent parse(String type, String file) {
        var message = new JsonMapper()
                .readTree("{\"from\":\"14155550123\",\"id\":\"wamid.1\",\"timestamp\":\"1790000000\",\"type\":\"" + type
                        + "\",\"" + type + "\":" + file + "}");
        return ((ProviderUpdate.Inbound) InboundParser.parse(message, new JsonMapper().createObjectNode())).content();
    }

    private Uploaded upload(Outbound outbound) {
        return connector
                .media()
                .upload(
                        new Upload(
                                MediaKind.IMAGE,
                                "image/png",
                                "f",
                                SHA256,
                                ByteSource.of("PNG!".getBytes(StandardCharsets.US_ASCII)),
                                Samples.ACCOUNT,
                                Duration.ofSeconds(5)),
                        outbound);
    }

    private Fetched fetch(Outbound outbound, long limit, OutputStream out) {
        Outbound.Sink sink = new Outbound.Sink() {
            @Override
            public long limit() {
                return limit;
            }

            @Override
            public OutputStream open() {
                return out;
            }
        };
        return connector.media().fetch(new Fetch("1", Samples.ACCOUNT, Duration.ofSeconds(5)), outbound, sink);
    }

    private SendResult send(Outbound outbound) {
        Content file = new Content.Media(
                MediaKind.DOCUMENT, "application/pdf", "cv.pdf", "Mine", 3, SHA256, "985569392615996");
        return connector.send(
                new SendRequest(
                        "ref", new Address(Address.PHONE, "14155550123"), file, Samples.ACCOUNT, Duration.ofSeconds(5)),
                outbound);
    }

    private static String code(SendResult result) {
        SendResult.Refused refused = (SendResult.Refused) result;
        return refused.error().code() + " " + refused.error().action();
    }
}
