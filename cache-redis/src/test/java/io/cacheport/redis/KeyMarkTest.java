package io.cacheport.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A value and its key, and any other key. */
class KeyMarkTest {

    @Property
    void aMarkIsThatOfItsKeyAndOfNoOther(@ForAll byte[] value, @ForAll String key, @ForAll String other) {
        byte[] stored = KeyMark.marked(value, key.getBytes(UTF_8));

        assertThat(KeyMark.isMarked(stored)).isTrue();
        assertThat(KeyMark.isOf(stored, key.getBytes(UTF_8))).isTrue();
        assertThat(KeyMark.isOf(stored, other.getBytes(UTF_8))).isEqualTo(key.equals(other));
        assertThat(Arrays.copyOf(stored, stored.length - KeyMark.LENGTH)).isEqualTo(value);
    }

    /** Neighbours are what is asked for together, so they are what could be mixed up. */
    @Test
    void neighboursAreNeverTakenForEachOther() {
        for (int i = 0; i < 100_000; i++) {
            byte[] stored = KeyMark.marked(new byte[] {'1'}, ("cache:k" + i).getBytes(UTF_8));
            assertThat(KeyMark.isOf(stored, ("cache:k" + (i + 1)).getBytes(UTF_8)))
                    .isFalse();
        }
    }

    @Test
    void whatOthersWroteHasNone() {
        for (String foreign :
                new String[] {"", "null", "{\"a\": 1}\n", "[1,\n\t2]   ", "x".repeat(100), " ".repeat(15)}) {
            assertThat(KeyMark.isMarked(foreign.getBytes(UTF_8))).as(foreign).isFalse();
            assertThat(KeyMark.isOf(foreign.getBytes(UTF_8), new byte[] {'k'}))
                    .as(foreign)
                    .isFalse();
        }
    }
}
