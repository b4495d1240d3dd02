package io.cacheport.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyFramingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "+\r\n",
                "-ERR value is not an integer or out of range\r\n",
                "-ERR why? because - 42 * 2\r\n",
                ":-1000\r\n",
                "$5\r\nhello\r\n",
                "$0\r\n\r\n",
                "$-1\r\n",
                "$15\r\n\r\n+OK\r\n*2\r\n:1\r\n\r\n",
                "*0\r\n",
                "*-1\r\n",
                "*2\r\n:1\r\n$-1\r\n",
                "*2\r\n*2\r\n*1\r\n:1\r\n+a\r\n*0\r\n",
                "_\r\n",
                "#t\r\n",
                ",-1.5e10\r\n",
                ",inf\r\n",
                "(-3492890328409238509324850943850943825024385\r\n",
                "!21\r\nSYNTAX invalid syntax\r\n",
                "=15\r\ntxt:Some string\r\n",
                "%0\r\n",
                "%2\r\n+a\r\n%1\r\n+b\r\n*2\r\n_\r\n#f\r\n+c\r\n:3\r\n",
                "~3\r\n:1\r\n=8\r\nmkd:*2\r\n\r\n,2.5\r\n",
                "|1\r\n+ttl\r\n:3600\r\n$1\r\nv\r\n",
                "|0\r\n:1\r\n",
                "*3\r\n:1\r\n|1\r\n+ttl\r\n:3600\r\n:2\r\n:3\r\n",
                "|1\r\n+a\r\n*2\r\n:1\r\n:2\r\n|1\r\n+b\r\n:3\r\n%1\r\n+k\r\n+v\r\n",
                ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n"
            })
    void aReplyEndsWhereTheNextBeginsHoweverTheBytesCome(String reply) {
        byte[] bytes = (reply + reply + "+next\r\n").getBytes(UTF_8);
        int length = reply.getBytes(UTF_8).length;
        for (int piece = 1; piece <= bytes.length; piece++) {
            assertThat(endsOf(bytes, piece))
                    .as("in pieces of " + piece)
                    .containsExactly(length, 2 * length, bytes.length);
        }
    }

    @Test
    void aReplyThatIsNotWholeDoesNotEnd() {
        byte[] bytes = "*2\r\n$3\r\nabc\r\n$3\r\nde".getBytes(UTF_8);
        ReplyFraming framing = new ReplyFraming();

        assertThat(framing.atStart()).isTrue();
        assertThat(framing.advance(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(framing.atStart()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "$?\r\n;1\r\na\r\n;0\r\n", "*?\r\n:1\r\n.\r\n", "\r\n"})
    void whatIsNotRespNeverEnds(String other) {
        byte[] bytes = (other + "+OK\r\n+OK\r\n").getBytes(UTF_8);

        assertThat(endsOf(bytes, 1)).isEmpty();
        assertThat(endsOf(bytes, bytes.length)).isEmpty();
    }

    private static List<Integer> endsOf(byte[] bytes, int piece) {
        ReplyFraming framing = new ReplyFraming();
        List<Integer> ends = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += piece) {
            int to = Math.min(from + piece, bytes.length);
            int at = from;
            while (at < to) {
                at = framing.advance(bytes, at, to);
                if (framing.atStart()) {
                    ends.add(at);
                }
            }
        }
        return ends;
    }
}
