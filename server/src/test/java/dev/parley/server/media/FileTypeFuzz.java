package dev.parley.server.media;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.connector.MediaKind;
import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of strangers: told by their bytes, whatever these are, and alike each time. */
public final class FileTypeFuzz implements FuzzTarget {

    private static final String[] NAMES = {null, "a.docx", "b.txt", "c.html", ""};

    private final FileTypes types = new FileTypes();
    private final Path file;

    /** Makes a file that the inputs are written to. */
    public FileTypeFuzz() {
        try {
            file = Files.createTempFile("fuzz", ".bin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.toFile().deleteOnExit();
    }

    @Override
    public void take(byte[] input) throws IOException {
        Files.write(file, input);
        String name = NAMES[input.length % NAMES.length];
        for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.DOCUMENT)) {
            String type = types.of(file, name, kind);
            hold(type.matches("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+"), "a media type without parameters");
        }
        hold(!FileTypes.normal(Seeds.text(input)).isBlank(), "a type for what a caller says");
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(Seeds.of(
                "%PDF-1.7\n",
                "<html><body>",
                "#!AMR\n",
                "OggS\u0000\u0002\u0000\u0000OpusHead",
                "RIFF\u0001\u0001\u0001\u0001WEBPVP8 ",
                "\u0000\u0000\u0000\u0010ftypisom\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0010moovhdlr01234567vide",
                "\u0000\u0000\u0000\u0010ftypM4A \u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0001mdat"
                        + "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0018free",
                "\u0000\u0000\u0000\u0010ftypqt  mp41"));
        for (String entry : List.of("word/document.xml", "xl/workbook.xml", "mimetype")) {
            seeds.add(zip(entry));
        }
        seeds.add(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1});
        seeds.add(new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, 'w', 'e', 'b', 'm'});
        seeds.add(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0});
        return seeds;
    }

    private static byte[] zip(String entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("[Content_Types].xml", entry)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("application/vnd.oasis.opendocument.text".getBytes(StandardCharsets.US_ASCII));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
