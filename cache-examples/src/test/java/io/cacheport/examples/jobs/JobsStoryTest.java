package io.cacheport.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JobsStoryTest {

    @Test
    void tellsOfEverything() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JobsStory.tell(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String told = bytes.toString(StandardCharsets.UTF_8);
        assertThat(told.lines().count()).as(told).isBetween(10L, 15L);
        assertThat(told)
                .contains("says Ada")
                .containsPattern("killed: (\\d{4,}) of \\1 reads answered by the database, circuit \\[OPEN]")
                .contains("circuit [CLOSED]")
                .endsWith("is a hit" + System.lineSeparator());
    }
}
