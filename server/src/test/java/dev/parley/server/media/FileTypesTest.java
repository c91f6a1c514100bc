package dev.parley.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.MediaKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files are: by their bytes, however they are called. */
final class FileTypesTest {

    @TempDir
    Path folder;

    private final FileTypes types = new FileTypes();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ffd8ffe000104a464946, -, image/jpeg",
                "ffd8ffe000104a464946, photo.png, image/jpeg",
                "89504e470d0a1a0a, -, image/png",
                "524946461000000057454250, -, image/webp",
                "474946383961, x.jpg, image/gif",
                "255044462d312e34, -, application/pdf",
                "7f454c460201, photo.png, application/x-elf",
                "4d5a900003000000, photo.jpg, application/x-msdownload",
                "000000206674797069736f6d, -, video/mp4",
                "00000020667479706d703432, -, video/mp4",
                "00000020667479704d344120, -, audio/mp4",
                "000000206674797033677034, -, video/3gpp",
                "00000020667479707174202000, -, video/quicktime",
                "fff15080, -, audio/aac",
                "fffb9064, -, audio/mpeg",
                "4944330400, -, audio/mpeg",
                "2321414d520a, -, audio/amr",
                "4f6767530002000000000000000000000000000000000000000001134f70757348656164, -, audio/ogg",
                "4f676753000200000000000000000000000000000000000000000113017672626973, x.ogg, audio/x-ogg-other",
                "48656c6c6f2c20776f726c640a, -, text/plain",
                "48656c6c6f2c20776f726c640a, cv.txt, text/plain",
                "3c21444f43545950452068746d6c3e3c68746d6c3e, cv.txt, text/html",
                "504b0304, cv.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            })
    void tellsTypesByTheirBytes(String hex, @Nullable String name, String type) throws IOException {
        assertThat(types.of(file(HexFormat.of().parseHex(hex)), name, MediaKind.DOCUMENT))
                .isEqualTo(type);
    }

    @Test
    void looksIntoOfficeDocuments() throws IOException {
        assertThat(types.of(zip("[Content_Types].xml", "xl/workbook.xml"), null, MediaKind.DOCUMENT))
                .endsWith("spreadsheetml.sheet");
        assertThat(types.of(zip("a.txt", "b.txt"), null, MediaKind.DOCUMENT)).isEqualTo("application/zip");
        byte[] head = HexFormat.of().parseHex("d0cf11e0a1b11ae1");
        byte[] name = "WordDocument".getBytes(StandardCharsets.UTF_16LE);
        byte[] old = new byte[2_048];
        System.arraycopy(head, 0, old, 0, head.length);
        System.arraycopy(name, 0, old, 1_024, name.length);
        assertThat(types.of(file(old), null, MediaKind.DOCUMENT)).isEqualTo("application/msword");
    }

    @Test
    void namesAFileForHeadersOfAnyKind() {
        assertThat(Disposition.of("image/png", "a \"b\".png"))
                .isEqualTo("inline; filename=\"a _b_.png\"; filename*=UTF-8''a%20%22b%22.png");
        assertThat(Disposition.of("text/html", "x.html")).isEqualTo("attachment; filename=\"x.html\"");
        assertThat(Disposition.of("application/pdf", null)).isEqualTo("attachment");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, All[]",
                "bytes=0-0, 'Part[from=0, length=1]'",
                "bytes=5-, 'Part[from=5, length=5]'",
                "bytes=-3, 'Part[from=7, length=3]'",
                "bytes=-30, 'Part[from=0, length=10]'",
                "bytes=8-100, 'Part[from=8, length=2]'",
                "bytes=10-, Outside[]",
                "bytes=-0, Outside[]",
                "bytes=5-4, All[]",
                "'bytes=0-1,3-4', All[]",
                "lines=0-1, All[]"
            })
    void readsRanges(@Nullable String header, String range) {
        assertThat(ByteRange.of(header, 10)).hasToString(range);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("f" + bytes.length), bytes);
    }

    private Path zip(String... names) throws IOException {
        Path file = folder.resolve("z" + names.length + names[0].length());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        }
        return file;
    }
}
