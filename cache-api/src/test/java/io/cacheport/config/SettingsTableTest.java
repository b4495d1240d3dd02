package io.cacheport.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference table is that of the code. */
class SettingsTableTest {

    private static final Path PAGE = Path.of("../docs/settings.md");
    private static final String MARK = "<!-- generated: what follows is written by SettingsTableTest -->\n";
    private static final String WRITE = "cacheport.settings.write";

    @Test
    void thePageHasTheTable() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(MARK);
        String right = page.substring(0, page.indexOf(MARK)) + MARK + SettingsTable.markdown();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, right);
            return;
        }
        assertThat(page)
                .as("docs/settings.md; to write it anew: mvn -pl cache-api -Dtest=SettingsTableTest -D" + WRITE
                        + "=true test")
                .isEqualTo(right);
    }
}
