package dev.parley.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Looks into the two containers of office documents: Open XML in a ZIP archive, and the older compound file. */
final class OfficeFiles {

    private static final String XML = "application/vnd.openxmlformats-officedocument.";
    private static final int ODF_TYPE = 100;
    private static final int CHUNK = 1 << 20;
    private static final int OVERLAP = 128;

    private OfficeFiles() {}

    /** The type of a document in a ZIP archive; null when it holds none. */
    static @Nullable String ofZip(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("[Content_Types].xml") != null) {
                if (zip.getEntry("word/document.xml") != null) {
                    return XML + "wordprocessingml.document";
                }
                if (zip.getEntry("xl/workbook.xml") != null) {
                    return XML + "spreadsheetml.sheet";
                }
                if (zip.getEntry("ppt/presentation.xml") != null) {
                    return XML + "presentationml.presentation";
                }
            }
            ZipEntry type = zip.getEntry("mimetype");
            if (type == null) {
                return null;
            }
            try (InputStream in = zip.getInputStream(type)) {
                String written = new String(in.readNBytes(ODF_TYPE), StandardCharsets.US_ASCII).strip();
                return written.startsWith("application/vnd.oasis.opendocument.") ? written : null;
            }
        } catch (IOException e) {
            // No archive after all, or a broken one: then it is no document.
            return null;
        }
    }

    /** The type of a compound file, by the name of its main stream; null when it is another. */
    static @Nullable String ofCompound(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK + OVERLAP];
            int kept = 0;
            for (int n = in.readNBytes(chunk, kept, CHUNK); n > 0; n = in.readNBytes(chunk, kept, CHUNK)) {
                // Names are UTF-16: with every second byte left out they can be searched as ASCII.
                String text = new String(chunk, 0, kept + n, StandardCharsets.ISO_8859_1);
                String type = byStream(text);
                if (type != null) {
                    return type;
                }
                kept = Math.min(OVERLAP, kept + n);
                System.arraycopy(chunk, text.length() - kept, chunk, 0, kept);
            }
            return null;
        }
    }

    private static @Nullable String byStream(String text) {
        if (text.contains(wide("WordDocument"))) {
            return "application/msword";
        }
        if (text.contains(wide("Workbook")) || text.contains(wide("Book"))) {
            return "application/vnd.ms-excel";
        }
        return text.contains(wide("PowerPoint Document")) ? "application/vnd.ms-powerpoint" : null;
    }

    private static String wide(String name) {
        StringBuilder wide = new StringBuilder();
        name.chars().forEach(c -> wide.append((char) c).append('\0'));
        return wide.toString();
    }
}
