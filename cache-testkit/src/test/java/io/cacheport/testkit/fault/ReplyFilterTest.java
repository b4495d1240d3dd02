package io.cacheport.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Replies that come in pieces, with something happening between them. */
class ReplyFilterTest {

    private final Toxics toxics = new Toxics();
    private final ReplyFilter filter = new ReplyFilter(toxics);

    private String filter(String bytes) {
        return new String(filter.filter(bytes.getBytes(UTF_8), bytes.length()), UTF_8);
    }

    @Test
    void aReplyThatHasBegunIsNotTheNextOne() {
        assertThat(filter("$4\r\nha")).isEqualTo("$4\r\nha");
        toxics.dropReply();
        assertThat(filter("lf\r\n+dropped\r\n+next\r\n")).isEqualTo("lf\r\n+next\r\n");

        assertThat(filter("$4\r\nha")).isEqualTo("$4\r\nha");
        toxics.doubleReply();
        assertThat(filter("lf\r\n+doub")).isEqualTo("lf\r\n+doub");
        assertThat(filter("led\r\n+next\r\n")).isEqualTo("led\r\n+doubled\r\n+next\r\n");
    }

    @Test
    void whatABlackholeSwallowedStaysLost() {
        assertThat(filter("+a\r\n$4\r\nha")).isEqualTo("+a\r\n$4\r\nha");
        toxics.blackhole();
        assertThat(filter("lf\r\n+lost\r\n$4\r\nlo")).isEmpty();
        toxics.heal();
        toxics.dropReply();
        assertThat(filter("st\r\n+dropped\r\n+next\r\n")).isEqualTo("st\r\n+next\r\n");
    }

    @Test
    void pushesAreNoReplies() {
        toxics.dropReply();
        toxics.doubleReply();
        assertThat(filter(">1\r\n+p\r\n+a\r\n>1\r\n+q\r\n+b\r\n")).isEqualTo(">1\r\n+p\r\n>1\r\n+q\r\n+b\r\n+b\r\n");
    }
}
