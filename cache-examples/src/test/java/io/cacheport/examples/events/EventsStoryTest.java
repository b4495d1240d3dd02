package io.cacheport.examples.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventsStoryTest {

    @Test
    void tellsOfEverything() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EventsStory.tell(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String told = bytes.toString(StandardCharsets.UTF_8);
        assertThat(told.lines().count()).as(told).isBetween(8L, 15L);
        assertThat(told)
                .contains("\"Night of drums\" in the other process, which took 0 queries")
                .contains("not readable in them")
                .contains("encryption is refused")
                .contains("Redis has it: false")
                .endsWith("popular events are back" + System.lineSeparator());
    }
}
