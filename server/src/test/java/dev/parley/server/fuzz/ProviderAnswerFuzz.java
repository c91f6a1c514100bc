package dev.parley.server.fuzz;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.ByteSource;
import dev.parley.connector.Connector;
import dev.parley.connector.Content;
import dev.parley.connector.MediaKind;
import dev.parley.connector.MediaTransfer;
import dev.parley.connector.Outbound;
import dev.parley.connector.ReadReceipt;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.connector.TemplateDraft;
import dev.parley.connector.TemplateProvider;
import dev.parley.connectors.Connectors;
import dev.parley.testkit.connector.FakeOutbound;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider answers to each call that connectors make. Nothing throws; only a 2xx is a yes, and an id that is kept can be
 * stored. The first byte chooses the status.
 */
public final class ProviderAnswerFuzz implements FuzzTarget {

    private static final int[] STATUSES = {200, 201, 400, 401, 404, 429, 500, 502};
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final AccountSettings ACCOUNT = new AccountSettings(Map.of(
            "phoneNumberId", "700000000000001",
            "businessAccountId", "600000000000001",
            "accessToken", "token",
            "appSecret", "secret",
            "verifyToken", "verify",
            "secret", "secret",
            "baseUrl", "https://graph.example/"));

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int status = STATUSES[(input[0] & 0xFF) % STATUSES.length];
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        Outbound outbound = new FakeOutbound(
                new Outbound.Exchange.Answer(status, Map.of("content-type", "application/json"), body));
        for (Connector connector : Connectors.all()) {
            send(connector, outbound, status);
            templates(connector.templates(), outbound);
            files(connector.media(), outbound);
            if (connector.media() != null) {
                connector.markRead(new ReadReceipt("wamid.1", ACCOUNT, WAIT), outbound);
            }
        }
    }

    private static void send(Connector connector, Outbound outbound, int status) {
        SendRequest request = new SendRequest(
                "org/msg/1", connector.addressOf("14155550123"), new Content.Text("Hello"), ACCOUNT, WAIT);
        SendResult result = connector.send(request, outbound);
        if (result instanceof SendResult.Accepted accepted) {
            String id = accepted.providerMessageId();
            hold(!id.isBlank() && id.length() <= 512 && id.indexOf(0) < 0, "an id that can be stored");
            hold(connector.media() == null || status < 300, "a yes");
        }
        hold(!(result instanceof SendResult.NotSent), "something was sent");
    }

    private static void templates(@Nullable TemplateProvider templates, Outbound outbound) {
        if (templates == null) {
            return;
        }
        TemplateDraft draft = new TemplateDraft("n", "en", "MARKETING", false, "[]");
        templates.create(draft, ACCOUNT, outbound, WAIT);
        templates.delete("n", "1", ACCOUNT, outbound, WAIT);
        for (String after : Arrays.asList(null, "x")) {
            if (templates.list(after, after, ACCOUNT, outbound, WAIT) instanceof TemplateProvider.Listed.Page page) {
                page.templates().forEach(template -> hold(template.toString() != null, "a template"));
            }
        }
    }

    private static void files(@Nullable MediaTransfer media, Outbound outbound) {
        if (media == null) {
            return;
        }
        media.upload(
                new MediaTransfer.Upload(
                        MediaKind.IMAGE,
                        "image/png",
                        "a.png",
                        "0".repeat(64),
                        ByteSource.of(new byte[3]),
                        ACCOUNT,
                        WAIT),
                outbound);
        media.fetch(new MediaTransfer.Fetch("900", ACCOUNT, WAIT), outbound, new Outbound.Sink() {
            @Override
            public long limit() {
                return 1_000;
            }

            @Override
            public OutputStream open() {
                return OutputStream.nullOutputStream();
            }
        });
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.chosen(
                STATUSES.length,
                "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+1\",\"wa_id\":\"1\",\"user_id\":\"US.1\"}],"
                        + "\"messages\":[{\"id\":\"wamid.1\",\"message_status\":\"accepted\"}]}",
                "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":130429,\"error_data\":{\"details\":\"d\"},"
                        + "\"error_subcode\":2494055,\"error_user_title\":\"t\",\"error_user_msg\":\"u\"}}",
                "{\"data\":[{\"name\":\"n\",\"language\":\"en\",\"status\":\"APPROVED\",\"category\":\"UTILITY\",\"id\":\"1\","
                        + "\"components\":[{\"type\":\"BODY\",\"text\":\"{{1}}\"}],\"rejected_reason\":\"NONE\"}],\"paging\":{"
                        + "\"cursors\":{\"after\":\"x\"},\"next\":\"https://graph.example/y\"}}",
                "{\"id\":\"1\",\"status\":\"PENDING\",\"category\":\"MARKETING\"}",
                "{\"url\":\"https://lookaside.example/x\",\"mime_type\":\"image/png\",\"sha256\":\"ab\",\"file_size\":3}",
                "{\"success\":true}");
    }
}
