package dev.parley.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of a body, and how it is decoded. */
final class BodyFilterTest {

    private static final String HEAD =
            "{\"data\":{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"\\\"data\\\"\",\"payload\":";

    @Test
    void takesOutTheDataOfAPayloadAndNothingElse() throws IOException {
        String body = HEAD
                + "{ \"type\":\"image\" , \"image\" : {\"data\" : \"QUJ\\nD\\/\\u002b==\",\"caption\":\"data\"}}}}}";
        Taken taken = new Taken();
        assertThat(taken.filter(body)).isEqualTo(body.replace("QUJ\\nD\\/\\u002b==", "WORD"));
        assertThat(taken.text).hasToString("QUJ\nD/+==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"attributes\":{\"payload\":{\"data\":\"QUJD\"}}}}",
                "{\"data\":{\"attributes\":{\"metadata\":{\"image\":{\"data\":\"QUJD\"}}}}}",
                "{\"data\":{\"attributes\":{\"payload\":{\"image\":[{\"data\":\"QUJD\"}]}}}}",
                "{\"data\":[{\"attributes\":{\"payload\":{\"image\":{\"data\":\"QUJD\"}}}}]}",
                "{\"data\":{\"attributes\":{\"payload\":{\"image\":{\"data\":{\"data\":\"QUJD\"}}}}}}",
                "{\"data\":{\"attributes\":{\"payload\":{\"image\":{\"caption\":\"QUJD\"}}}}}"
            })
    void leavesWhatIsElsewhere(String body) throws IOException {
        Taken taken = new Taken();
        assertThat(taken.filter(body)).isEqualTo(body);
        assertThat(taken.text).isEmpty();
    }

    @Test
    void refusesARestThatIsTooLarge() throws IOException {
        assertThat(new Taken().filter("{\"x\":\"" + "y".repeat(2_000) + "\"}")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUJD|ABC",
                "QUI=|AB",
                "QUI|AB",
                "QQ==|A",
                "Q U J D|ABC",
                "data:text/plain;base64,QUJD|ABC",
                "DATA:;base64,QUJD|ABC",
                "Pz8_|???",
                "Pz8/|???",
                "data|u\u00abZ"
            })
    void decodesEveryFormOfBase64(String text, String bytes) throws IOException {
        assertThat(decoded(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUJD!", "Q", "data:text/plain,QUJD", "QQ==QQ==", "\u00e4"})
    void refusesWhatIsNotBase64(String text) throws IOException {
        assertThat(decoded(text)).isNull();
    }

    @Test
    void decodesLongTexts() throws IOException {
        byte[] bytes = new byte[100_001];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Base64Text base64 = new Base64Text(out);
        base64.put(Base64.getMimeEncoder().encodeToString(bytes));
        assertThat(base64.end()).isTrue();
        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    private static @Nullable String decoded(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Base64Text base64 = new Base64Text(out);
        base64.put(text);
        return base64.end() ? out.toString(StandardCharsets.ISO_8859_1) : null;
    }

    private static final class Taken implements BodyFilter.Diversion {

        private final StringBuilder text = new StringBuilder();

        @Nullable
        String filter(String body) throws IOException {
            byte[] copy =
                    new BodyFilter(this, 1_000).copy(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            return copy == null ? null : new String(copy, StandardCharsets.UTF_8);
        }

        @Override
        public String begin() {
            return "WORD";
        }

        @Override
        public void put(int c) {
            text.append((char) c);
        }

        @Override
        public void end() {}
    }
}
