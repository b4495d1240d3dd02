package io.cacheport.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChatStoryTest {

    @Test
    @Timeout(60)
    void isToldToItsEnd() throws InterruptedException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        ChatStory.tell(new PrintStream(told, true, StandardCharsets.UTF_8));

        List<String> lines = told.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSizeBetween(10, 15);
        assertThat(lines.get(0)).isEqualTo("Bob's profile comes from the database, then from Redis");
        assertThat(lines)
                .contains("5 profiles at once, of which one was cached: 1 query")
                .contains("Online: [Ada], typing: [Ada]")
                .contains("Bob connects, gets [Bob?, Are you there?, Call me] and reads; unread: 0")
                .anyMatch(line -> line.startsWith("Ada has sent 20 in a minute, and may go on in "))
                .contains("Redis is killed: profile from the database, session found, message sent, circuit OPEN");
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo(
                        "Redis is back, and empty: circuit CLOSED, profile from the database, then Redis, session found");
    }
}
