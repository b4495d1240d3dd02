package io.cacheport.examples.pantry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PantryStoryTest {

    @Test
    @Timeout(60)
    void isToldToItsEnd() throws InterruptedException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        PantryStory.tell(new PrintStream(told, true, StandardCharsets.UTF_8));

        List<String> lines = told.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .containsExactly(
                        "The menu comes from the database, in another process from Redis, there again from its memory",
                        "Item renamed in one process; the other hears of item:updated and shows {Bread=[Sourdough]}",
                        "1,000 views more took 1 query of the database; 1001 views are shown",
                        "Written behind in 1 statement; the database counts 1001",
                        "Order 1 completed in one process is completed in the other",
                        "An address made 100 requests in a minute, then had to wait",
                        "Redis is killed: menu {Bread=[Sourdough]}, order COMPLETED");
    }
}
