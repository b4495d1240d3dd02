package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P3 to P5: what comes back. */
public interface TypeContract extends Contract {

    /** Any value. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.cacheport.testkit.contract.Samples#all")
    default void p3_comesBackEqual(String name, Object value, TypeRef<Object> type) {
        cache().set("k", value, MINUTE);

        assertThat(cache().get("k", type)).isEqualTo(value);
        assertThat(cache().getAll(List.of("k"), type)).isEqualTo(Map.of("k", value));
    }

    @Test
    default void p3_classAndTypeRefReadTheSame() {
        cache().set("k", Samples.ORDER, MINUTE);

        assertThat(cache().get("k", Samples.Order.class)).isEqualTo(Samples.ORDER);
        assertThat(cache().get("k", TypeRef.of(Samples.Order.class))).isEqualTo(Samples.ORDER);
    }

    @Test
    default void p3_primitiveClassReadsTheBoxedValue() {
        cache().set("k", 7L, MINUTE);

        assertThat(cache().get("k", long.class)).isEqualTo(7L);
    }

    @Test
    default void p3_bytes() {
        cache().set("k", new byte[] {0, -1, 127}, MINUTE);

        assertThat(cache().get("k", byte[].class)).containsExactly(0, -1, 127);
    }

    @Test
    default void p4_anotherTypeIsAMissAndAnError() {
        cache().set("k", "text", MINUTE);

        assertThat(cache().get("k", Samples.Order.class)).isNull();

        assertThat(cache().getStats().misses()).isEqualTo(1);
        assertThat(cache().getStats().errors()).isEqualTo(1);
    }

    @Test
    default void p4_numberIsNotText() {
        cache().set("k", 42, MINUTE);

        assertThat(cache().get("k", String.class)).isNull();
    }

    @Test
    default void p4_textIsNotANumber() {
        cache().set("k", "42", MINUTE);

        assertThat(cache().get("k", Integer.class)).isNull();
    }

    @Test
    default void p4_unreadableEntryStays() {
        cache().set("k", "text", MINUTE);

        cache().get("k", Integer.class);

        assertThat(cache().get("k", String.class)).isEqualTo("text");
    }

    @Test
    default void p4_anotherRecordIsAMiss() {
        cache().set("k", new Samples.Line("tea", 1, false), MINUTE);

        assertThat(cache().get("k", Samples.Order.class)).isNull();
    }

    @Test
    default void p4_inGetAllOnlyThatOneIsMissing() {
        cache().set("a", "text", MINUTE);
        cache().set("b", 1, MINUTE);

        assertThat(cache().getAll(List.of("a", "b"), Integer.class)).isEqualTo(Map.of("b", 1));
    }

    @Test
    default void p5_changingWhatWasStoredChangesNothingWhereValuesAreEncoded() {
        List<String> stored = new ArrayList<>(List.of("a"));
        cache().set("k", stored, MINUTE);
        stored.add("b");

        List<String> read = cache().get("k", new TypeRef<List<String>>() {});

        assertThat(read).isEqualTo(fixture().encodes() ? List.of("a") : stored);
    }

    @Test
    default void p5_readersShareAValueOnlyWhereReferencesAreKept() {
        cache().set("k", new ArrayList<>(List.of("a")), MINUTE);

        List<String> one = cache().get("k", new TypeRef<List<String>>() {});
        List<String> other = cache().get("k", new TypeRef<List<String>>() {});

        assertThat(one).isEqualTo(other);
        assertThat(one == other).isEqualTo(!fixture().copies());
    }
}
