package dev.parley.server.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/settings.md} true. To renew it: {@code ./mvnw -pl server -am test -Dtest=SettingsReferenceTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.reference.write=true}. */
class SettingsReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    @Test
    void thePageIsWhatTheListSays() throws IOException {
        if (Boolean.getBoolean("settings.reference.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, SettingsReference.markdown());
        }
        assertThat(PAGE)
                .as("out of date; renew it with -Dsettings.reference.write=true, see this test's comment")
                .hasContent(SettingsReference.markdown());
    }
}
