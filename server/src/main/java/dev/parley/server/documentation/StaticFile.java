package dev.parley.server.documentation;

import dev.parley.server.platform.hash.Sha256;
import dev.parley.server.platform.http.Headers;
import dev.parley.server.platform.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file that comes with the server: its bytes, plain and compressed, and their tag. Immutable. */
record StaticFile(String contentType, byte[] plain, byte[] compressed, String hash) {

    private static final int TAG_LENGTH = 32;

    /**
     * Reads it from the class path.
     *
     * @throws UncheckedIOException when it is not packaged
     */
    static StaticFile read(String path, String contentType) {
        try (InputStream in = StaticFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException(path + " is not packaged");
            }
            byte[] plain = in.readAllBytes();
            return new StaticFile(contentType, plain, compress(plain), hash(plain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 200 with the file, compressed where the caller takes that; 304 when the caller has it. */
    HttpAnswer answer(Headers request) {
        boolean small = takesGzip(request.first("Accept-Encoding"));
        String tag = '"' + hash + (small ? "-gzip" : "") + '"';
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", tag);
        headers.put("Cache-Control", "no-cache");
        headers.put("Vary", "Accept-Encoding");
        headers.put("X-Content-Type-Options", "nosniff");
        if (request.hasTag(tag)) {
            return new HttpAnswer(304, headers, new byte[0]);
        }
        headers.put("Content-Type", contentType);
        if (small) {
            headers.put("Content-Encoding", "gzip");
        }
        return new HttpAnswer(200, headers, small ? compressed : plain);
    }

    private static boolean takesGzip(@Nullable String accepted) {
        return accepted != null
                && Arrays.stream(accepted.split(",", -1))
                        .map(coding -> coding.replace(" ", ""))
                        .anyMatch(coding -> coding.equals("gzip")
                                || (coding.startsWith("gzip;") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    private static byte[] compress(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes)).substring(0, TAG_LENGTH);
    }

    /** Type and size. */
    @Override
    public String toString() {
        return contentType + ", " + plain.length + " bytes";
    }
}
