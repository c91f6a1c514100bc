package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.StringNode;

class SearchTextTest {

    private static String read(String text) {
        return switch (new SearchText().parse(StringNode.valueOf(text), "")) {
            case Parsed.Value(Object query) -> (String) query;
            case Parsed.Bad(var problems) -> problems.getFirst().detail();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "José | jose",
                "ŁÓDŹ | lodz",
                "Straße | strasse",
                "İstanbul | istanbul",
                "ΟΔΟΣ | οδοσ",
                "Øster Ægir | aegir oster",
                "jan.de.vries@example.com | com de example jan vries",
                "O'Brien | brien o",
                "東京 | 京 東",
                "12 34 | 12 34",
                "room12b 4 | 4 room12b",
            })
    void foldsAndCutsWords(String text, String words) {
        assertThat(read(text).replace("'~", "").replace("':*", "").replace(" & ", " "))
                .isEqualTo(words);
    }

    @Test
    void whatMeansSomethingToTheDatabaseIsNoMoreThanASign() {
        assertThat(read("'a':* | !b & <-> ~ c\\")).isEqualTo("'~a':* & '~b':* & '~c':*");
    }

    @Test
    void takesDigitsForAPhoneNumberHoweverTheyAreWritten() {
        assertThat(read("+31 (6) 1234-5678")).isEqualTo("('~31612345678':*)");
        assertThat(read("0031612345678")).isEqualTo("('~0031612345678':* | '~31612345678':*)");
        assertThat(read("06 1234")).isEqualTo("('~061234':* | '~61234':* | ('~06':* & '~1234':*))");
        assertThat(read("1.2.3.4.5.6.7.8.9.1.2")).isEqualTo("('~12345678912':*)");
        assertThat(read("Anna +316123")).isEqualTo("'~anna':* & ('~316123':*)");
    }

    @Test
    void refusesWhatIsTooLongOrHasNoWords() {
        assertThat(read("")).startsWith("Search for 1 to 200 characters");
        assertThat(read("x".repeat(201))).startsWith("Search for 1 to 200 characters");
        assertThat(read("𝒳".repeat(200))).startsWith("'~x");
        assertThat(read("a b c d e f g h i j k")).startsWith("Search for at most 10 words");
        assertThat(read("a b c d e f g h i j")).contains("'~j':*");
        assertThat(read(" -- !")).startsWith("Search for letters or digits");
        assertThat(
                        read(
                                "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.aa.bb.cc.dd.ee.ff.gg.hh.ii.jj.kk.ll.mm.nn.oo"))
                .startsWith("Search for less");
    }
}
